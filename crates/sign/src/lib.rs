//! Request signatures of Alibaba Cloud and Huawei Cloud API gateways: made and checked, as pure functions
