//! THE table: every operation of the vendor's, one line each.

use paifang_control::Action;

use super::{Handler, Row, State};
use crate::ip_control::IpControls;
use crate::signature::Signatures;
use crate::traffic_control::TrafficControls;
use crate::{
    access_list, api, app, authority, backend, domain, group, instance, ip_control, metrics, plugin, rule,
    signature, stage, traffic_control, vpc_access,
};

macro_rules! row {
    (done $name:ident, $action:expr, $handler:path) => {{
        let handler: Handler = |call| Box::pin($handler(call));
        Row { name: stringify!($name), state: State::Done($action, handler) }
    }};
    (unsupported $name:ident, $reason:literal) => {
        Row { name: stringify!($name), state: State::Unsupported($reason) }
    };
    (not_yet $name:ident,) => {
        Row { name: stringify!($name), state: State::NotYet }
    };
}

macro_rules! table {
    ($($name:ident: $kind:ident($($given:tt)*);)*) => {
        pub(super) static TABLE: &[Row] = &[$(row!($kind $name, $($given)*)),*];
    };
}

#[rustfmt::skip]
table! {
    // Groups, stages, domains.
    CreateApiGroup: done(Some(Action::CreateGroup), group::create);
    CreateApiStageVariable: done(Some(Action::CreateVariable), stage::create_variable);
    CreateIntranetDomain: unsupported("networks are the operator's");
    CreateStageModel: not_yet();
    DeleteApiGroup: done(Some(Action::DeleteGroup), group::delete);
    DeleteApiStageVariable: done(Some(Action::DeleteVariable), stage::delete_variable);
    DeleteDomain: done(Some(Action::UnbindDomain), domain::delete);
    DeleteDomainCertificate: done(Some(Action::DetachCertificate), domain::delete_certificate);
    DeleteStageModel: not_yet();
    DescribeApiGroup: done(Some(Action::ReadGroup), group::describe);
    DescribeApiGroupVpcWhitelist: unsupported("networks are the operator's");
    DescribeApiGroups: done(Some(Action::ListGroups), group::list);
    DescribeApiStage: done(Some(Action::ListVariables), stage::describe);
    DescribeDomain: done(Some(Action::ReadDomain), domain::describe);
    DescribePurchasedApiGroup: unsupported("a marketplace belongs to the cloud");
    DescribePurchasedApiGroups: unsupported("a marketplace belongs to the cloud");
    DescribeStageModels: not_yet();
    ModifyApiGroup: done(Some(Action::UpdateGroup), group::modify);
    ModifyApiGroupInstance: unsupported("this gateway is the one instance; it is sized by its operator");
    ModifyApiGroupNetworkPolicy: done(Some(Action::UpdateGroup), group::modify_network_policy);
    ModifyApiGroupVpcWhitelist: unsupported("networks are the operator's");
    ModifyIntranetDomainPolicy: unsupported("networks are the operator's");
    ModifyStageModel: not_yet();
    ReactivateDomain: not_yet();
    SetDomain: done(Some(Action::BindDomain), domain::set);
    SetDomainCertificate: done(Some(Action::AttachCertificate), domain::set_certificate);
    SetDomainWebSocketStatus: not_yet();
    SetGroupAuthAppCode: done(Some(Action::UpdateGroup), group::set_app_code);
    SetWildcardDomainPatterns: done(Some(Action::UpdateDomain), domain::set_patterns);
    // APIs.
    AbolishApi: done(Some(Action::TakeApiOffline), api::abolish);
    CreateApi: done(Some(Action::CreateApi), api::create);
    DeleteApi: done(Some(Action::DeleteApi), api::delete);
    DeployApi: done(Some(Action::DeployApi), api::deploy);
    DescribeApi: done(Some(Action::ReadApi), api::describe);
    DescribeApiHistories: done(Some(Action::ReadHistory), api::histories);
    DescribeApiHistory: done(Some(Action::ReadVersion), api::history);
    DescribeApis: done(Some(Action::ListApis), api::list);
    DescribeDeployedApi: done(Some(Action::ReadDeployment), api::deployed);
    DescribeDeployedApis: done(Some(Action::ListDeployments), api::list_deployed);
    DescribeHistoryApis: done(Some(Action::ReadHistory), api::history_apis);
    ModifyApi: done(Some(Action::EditApi), api::modify);
    SwitchApi: done(Some(Action::SwitchApi), api::switch);
    BatchAbolishApis: done(Some(Action::CreateTask), api::batch_abolish);
    BatchDeployApis: done(Some(Action::CreateTask), api::batch_deploy);
    DescribeAbolishApiTask: done(Some(Action::ReadTask), api::abolish_task);
    DescribeDeployApiTask: done(Some(Action::ReadTask), api::deploy_task);
    // Apps and authorizations.
    CreateApp: done(Some(Action::CreateApp), app::create);
    CreateAppCode: done(Some(Action::CreateAppCode), app::create_code);
    CreateAppKey: done(Some(Action::AddAppKey), app::create_key);
    DeleteApp: done(Some(Action::DeleteApp), app::delete);
    DeleteAppCode: done(Some(Action::DeleteAppCode), app::delete_code);
    DeleteAppKey: done(Some(Action::DeleteAppKey), app::delete_key);
    DescribeApp: done(Some(Action::ReadApp), app::describe);
    DescribeAppAttributes: done(Some(Action::ListApps), app::attributes);
    DescribeAppSecurities: done(Some(Action::RevealAppKey), app::securities);
    DescribeAppSecurity: done(Some(Action::RevealAppKey), app::security);
    DescribeApps: done(Some(Action::ListApps), app::list);
    DescribeAuthorizedApis: done(Some(Action::ListGrants), authority::apis);
    DescribeAuthorizedApps: done(Some(Action::ListGrants), authority::apps);
    ModifyApp: done(Some(Action::UpdateApp), app::modify);
    RemoveApisAuthorities: done(Some(Action::RevokeGrants), authority::remove_apis);
    RemoveAppsAuthorities: done(Some(Action::RevokeGrants), authority::remove_apps);
    ResetAppCode: done(Some(Action::CreateAppCode), app::reset_code);
    ResetAppSecret: done(Some(Action::ResetAppSecret), app::reset_key);
    SetApisAuthorities: done(Some(Action::CreateGrants), authority::set_apis);
    SetAppsAuthorities: done(Some(Action::CreateGrants), authority::set_apps);
    // Everything else.
    AddAccessControlListEntry: done(Some(Action::UpdateAccessList), access_list::add);
    AddIpControlPolicyItem: done(Some(Action::UpdatePolicy), ip_control::add_item);
    AddTrafficSpecialControl: done(Some(Action::UpdatePolicy), traffic_control::add_special);
    AssociateInstanceWithPrivateDNS: unsupported("networks are the operator's");
    AttachApiProduct: not_yet();
    AttachGroupPlugin: done(Some(Action::BindPolicy), plugin::attach_to_group);
    AttachPlugin: done(Some(Action::BindPolicy), plugin::attach);
    CreateAccessControlList: done(Some(Action::CreateAccessList), access_list::create);
    CreateBackend: done(Some(Action::CreateBackendService), backend::create);
    CreateBackendModel: done(Some(Action::DefineBackendService), backend::create_model);
    CreateDataset: not_yet();
    CreateDatasetItem: not_yet();
    CreateInstance: unsupported("this gateway is the one instance; it is sized by its operator");
    CreateIpControl: done(Some(Action::CreatePolicy), ip_control::create);
    CreateLogConfig: unsupported("logs are written where the operator says");
    CreateModel: not_yet();
    CreateMonitorGroup: unsupported("alarms are made in the monitoring that reads the metrics");
    CreatePlugin: done(Some(Action::CreatePolicy), plugin::create);
    CreatePrivateDNS: unsupported("networks are the operator's");
    CreateSignature: done(Some(Action::CreatePolicy), signature::create);
    CreateTrafficControl: done(Some(Action::CreatePolicy), traffic_control::create);
    DeleteAccessControlList: done(Some(Action::DeleteAccessList), access_list::delete);
    DeleteAllTrafficSpecialControl: done(Some(Action::UpdatePolicy), traffic_control::delete_all_specials);
    DeleteApiProduct: not_yet();
    DeleteBackend: done(Some(Action::DeleteBackendService), backend::delete);
    DeleteBackendModel: done(Some(Action::UndefineBackendService), backend::delete_model);
    DeleteDataset: not_yet();
    DeleteDatasetItem: not_yet();
    DeleteInstance: unsupported("this gateway is the one instance; it is sized by its operator");
    DeleteIpControl: done(Some(Action::DeletePolicy), rule::delete::<IpControls>);
    DeleteLogConfig: unsupported("logs are written where the operator says");
    DeleteModel: not_yet();
    DeleteMonitorGroup: unsupported("alarms are made in the monitoring that reads the metrics");
    DeletePlugin: done(Some(Action::DeletePolicy), plugin::delete);
    DeletePrivateDNS: unsupported("networks are the operator's");
    DeleteSignature: done(Some(Action::DeletePolicy), rule::delete::<Signatures>);
    DeleteTrafficControl: done(Some(Action::DeletePolicy), rule::delete::<TrafficControls>);
    DeleteTrafficSpecialControl: done(Some(Action::UpdatePolicy), traffic_control::delete_special);
    DescribeAccessControlListAttribute: done(Some(Action::ReadAccessList), access_list::describe);
    DescribeAccessControlLists: done(Some(Action::ListAccessLists), access_list::list);
    DescribeApiDoc: not_yet();
    DescribeApiIpControls: done(Some(Action::ListBindings), rule::of_group::<IpControls>);
    DescribeApiLatencyData: done(Some(Action::ReadMetrics), metrics::latency);
    DescribeApiMarketAttributes: unsupported("a marketplace belongs to the cloud");
    DescribeApiProductApis: not_yet();
    DescribeApiProductsByApp: not_yet();
    DescribeApiQpsData: done(Some(Action::ReadMetrics), metrics::calls);
    DescribeApiSignatures: done(Some(Action::ListBindings), rule::of_group::<Signatures>);
    DescribeApiTrafficControls: done(Some(Action::ListBindings), rule::of_group::<TrafficControls>);
    DescribeApiTrafficData: done(Some(Action::ReadMetrics), metrics::traffic);
    DescribeApisByApp: not_yet();
    DescribeApisByBackend: done(Some(Action::ReadBackendService), backend::apis);
    DescribeApisByIpControl: done(Some(Action::ListBindings), rule::apis_of::<IpControls>);
    DescribeApisBySignature: done(Some(Action::ListBindings), rule::apis_of::<Signatures>);
    DescribeApisByTrafficControl: done(Some(Action::ListBindings), rule::apis_of::<TrafficControls>);
    DescribeApisByVpcAccess: done(Some(Action::ListDeployments), vpc_access::apis);
    DescribeApisWithStageNameIntegratedByApp: not_yet();
    DescribeAppsByApiProduct: not_yet();
    DescribeBackendInfo: done(Some(Action::ReadBackendService), backend::describe);
    DescribeBackendList: done(Some(Action::ListBackendServices), backend::list);
    DescribeDatasetInfo: not_yet();
    DescribeDatasetItemInfo: not_yet();
    DescribeDatasetItemList: not_yet();
    DescribeDatasetList: not_yet();
    DescribeGroupLatency: not_yet();
    DescribeGroupQps: not_yet();
    DescribeGroupTraffic: not_yet();
    DescribeImportOASTask: not_yet();
    DescribeInstanceClusterInfo: unsupported("this gateway is the one instance; it is sized by its operator");
    DescribeInstanceClusterList: unsupported("this gateway is the one instance; it is sized by its operator");
    DescribeInstanceDropConnections: unsupported("a cloud load balancer's numbers");
    DescribeInstanceDropPacket: unsupported("a cloud load balancer's numbers");
    DescribeInstanceHttpCode: not_yet();
    DescribeInstanceLatency: not_yet();
    DescribeInstanceNewConnections: unsupported("a cloud load balancer's numbers");
    DescribeInstancePackets: unsupported("a cloud load balancer's numbers");
    DescribeInstanceQps: not_yet();
    DescribeInstanceSlbConnect: unsupported("a cloud load balancer's numbers");
    DescribeInstanceTraffic: not_yet();
    DescribeInstances: done(None, instance::instances);
    DescribeIpControlPolicyItems: done(Some(Action::ListPolicies), ip_control::items);
    DescribeIpControls: done(Some(Action::ListPolicies), ip_control::list);
    DescribeLogConfig: unsupported("logs are written where the operator says");
    DescribeMarketRemainsQuota: unsupported("a marketplace belongs to the cloud");
    DescribeModels: not_yet();
    DescribePluginApis: done(Some(Action::ListBindings), plugin::apis);
    DescribePluginGroups: done(Some(Action::ListBindings), plugin::groups);
    DescribePluginSchemas: done(None, plugin::schemas);
    DescribePluginTemplates: done(None, plugin::templates);
    DescribePlugins: done(Some(Action::ListPolicies), plugin::list);
    DescribePluginsByApi: done(Some(Action::ListBindings), plugin::of_api);
    DescribePluginsByGroup: done(Some(Action::ListBindings), plugin::of_group);
    DescribePurchasedApis: unsupported("a marketplace belongs to the cloud");
    DescribeRegions: done(None, instance::regions);
    DescribeSignatures: done(Some(Action::ListPolicies), signature::list);
    DescribeSignaturesByApi: done(Some(Action::ListBindings), rule::of_api::<Signatures>);
    DescribeSummaryData: not_yet();
    DescribeSystemParameters: not_yet();
    DescribeTrafficControls: done(Some(Action::ListPolicies), traffic_control::list);
    DescribeTrafficControlsByApi: done(Some(Action::ListBindings), rule::of_api::<TrafficControls>);
    DescribeUpdateBackendTask: done(Some(Action::ReadTask), api::update_backend_task);
    DescribeUpdateVpcInfoTask: done(Some(Action::ReadTask), api::update_vpc_info_task);
    DescribeVpcAccesses: done(Some(Action::ListBackendAccesses), vpc_access::describe);
    DescribeZones: unsupported("this gateway is the one instance; it is sized by its operator");
    DetachApiProduct: not_yet();
    DetachGroupPlugin: done(Some(Action::UnbindPolicy), plugin::detach_from_group);
    DetachPlugin: done(Some(Action::UnbindPolicy), plugin::detach);
    DisableInstanceAccessControl: done(Some(Action::UpdateAccessList), access_list::disable);
    DissociateInstanceWithPrivateDNS: unsupported("networks are the operator's");
    DryRunSwagger: not_yet();
    EnableInstanceAccessControl: done(Some(Action::UpdateAccessList), access_list::enable);
    ExportOAS: not_yet();
    ImportOAS: not_yet();
    ImportSwagger: not_yet();
    ListPrivateDNS: unsupported("networks are the operator's");
    ListTagResources: not_yet();
    ModifyApiConfiguration: not_yet();
    ModifyBackend: done(Some(Action::UpdateBackendService), backend::modify);
    ModifyBackendModel: done(Some(Action::DefineBackendService), backend::modify_model);
    ModifyDataset: not_yet();
    ModifyDatasetItem: not_yet();
    ModifyInstanceAttribute: unsupported("this gateway is the one instance; it is sized by its operator");
    ModifyInstanceSpec: unsupported("this gateway is the one instance; it is sized by its operator");
    ModifyInstanceVpcAttributeForConsole: unsupported("networks are the operator's");
    ModifyIpControl: done(Some(Action::UpdatePolicy), ip_control::modify);
    ModifyIpControlPolicyItem: done(Some(Action::UpdatePolicy), ip_control::modify_item);
    ModifyLogConfig: unsupported("logs are written where the operator says");
    ModifyModel: not_yet();
    ModifyPlugin: done(Some(Action::UpdatePolicy), plugin::modify);
    ModifySignature: done(Some(Action::UpdatePolicy), signature::modify);
    ModifyTrafficControl: done(Some(Action::UpdatePolicy), traffic_control::modify);
    ModifyVpcAccessAndUpdateApis: done(Some(Action::UpdateBackendAccess), vpc_access::modify);
    OpenApiGatewayService: unsupported("there is no service to order");
    QueryRequestLogs: not_yet();
    RemoveAccessControlListEntry: done(Some(Action::UpdateAccessList), access_list::remove);
    RemoveApiProductsAuthorities: not_yet();
    RemoveIpControlApis: done(Some(Action::UnbindPolicy), rule::remove_apis::<IpControls>);
    RemoveIpControlPolicyItem: done(Some(Action::UpdatePolicy), ip_control::remove_items);
    RemoveSignatureApis: done(Some(Action::UnbindPolicy), rule::remove_apis::<Signatures>);
    RemoveTrafficControlApis: done(Some(Action::UnbindPolicy), rule::remove_apis::<TrafficControls>);
    RemoveVpcAccess: done(Some(Action::DeleteBackendAccess), vpc_access::remove);
    RemoveVpcAccessAndAbolishApis: done(Some(Action::RetireBackendAccess), vpc_access::remove_and_abolish);
    SdkGenerateByApp: not_yet();
    SdkGenerateByAppForRegion: not_yet();
    SdkGenerateByGroup: not_yet();
    SetAccessControlListAttribute: done(Some(Action::UpdateAccessList), access_list::set);
    SetApiProductsAuthorities: not_yet();
    SetAppsAuthToApiProduct: not_yet();
    SetIpControlApis: done(Some(Action::BindPolicy), rule::set_apis::<IpControls>);
    SetSignatureApis: done(Some(Action::BindPolicy), rule::set_apis::<Signatures>);
    SetTrafficControlApis: done(Some(Action::BindPolicy), rule::set_apis::<TrafficControls>);
    SetVpcAccess: done(Some(Action::CreateBackendAccess), vpc_access::set);
    TagResources: not_yet();
    UntagResources: not_yet();
    UpdatePrivateDNS: unsupported("networks are the operator's");
    ValidateVpcConnectivity: done(Some(Action::KnockAtBackendAccess), vpc_access::validate);
}
