//! The error codes in use, with the vendor's sentences. Spec: huawei/errors-management.json; `APIGW.…` are those of the
//! gateway that stands before the interface.

use std::fmt::Display;

use super::Fault;

/// A kind of error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code {
    status: u16,
    code: &'static str,
    message: &'static str,
}

impl Code {
    /// The error, with the vendor's sentence alone.
    pub(crate) fn fault(self) -> Fault {
        Fault { status: self.status, code: self.code, message: self.message.to_owned() }
    }

    /// The error, with more about this case after a comma.
    pub(crate) fn with(self, detail: impl Display) -> Fault {
        Fault { message: format!("{},{detail}", self.message), ..self.fault() }
    }

    /// The error, in words of our own.
    pub(crate) fn saying(self, message: String) -> Fault {
        Fault { message, ..self.fault() }
    }

    /// Whether its sentence names the parameter that is wrong.
    pub(crate) fn is_about_a_parameter(self) -> bool {
        [MISSING, INVALID_VALUE, INVALID_NAME].contains(&self)
    }

    pub(crate) fn sentence(self) -> &'static str {
        self.message
    }
}

macro_rules! codes {
    ($($name:ident = $status:literal $code:literal $message:literal;)*) => {
        $(pub(crate) const $name: Code = Code { status: $status, code: $code, message: $message };)*
        #[cfg(test)]
        const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    WRONG_SIGNATURE = 401 "APIGW.0301" "Incorrect IAM authentication information";
    NO_OPERATION = 404 "APIGW.0101" "The API does not exist or has not been published in the environment";
    NO_TOKEN = 401 "APIG.1000" "Token missing";
    WRONG_TOKEN = 401 "APIG.1002" "Incorrect token or token resolution failed";
    WRONG_PROJECT = 401 "APIG.1005" "No permissions to request this method";
    DENIED = 403 "APIG.1020" "Insufficient permissions";
    BUILT_IN_ENVIRONMENT = 403 "APIG.1103" "No permissions to perform operations on this environment";
    VARIABLE_DENIED = 403 "APIG.1110" "No permissions to perform operations on this environment variable";
    CERTIFICATE_DENIED = 403 "APIG.1115" "No permissions to perform operations on this certificate";
    PARAMETER_ERROR = 400 "APIG.2000" "Parameter error";
    MISSING = 400 "APIG.2001" "The request parameters must be specified";
    INVALID_VALUE = 400 "APIG.2011" "Invalid parameter value";
    INVALID_NAME = 400 "APIG.2012" "Invalid parameter value";
    NOT_RESOLVED = 400 "APIG.2023" "URL domain CNAME resolution failed";
    INVALID_DOMAIN = 400 "APIG.2024" "Invalid URL domain name";
    PATH_PARAMETER_UNDEFINED = 400 "APIG.2026" "The request path parameters are not defined";
    BACKEND_PATH_PARAMETER_UNDEFINED = 400 "APIG.2027" "The backend path parameters are not defined";
    MAPPED_PARAMETER_UNDEFINED = 400 "APIG.2028" "The request parameters mapped to the backend parameters are not defined";
    DIFFERENT_CERTIFICATES = 400 "APIG.2051" "A domain name cannot be bound with different certificates";
    KEY_MISMATCH = 400 "APIG.2101" "The certificate and private key do not match";
    CERTIFICATE_EXPIRED = 400 "APIG.2102" "The certificate has expired";
    CERTIFICATE_OF_OTHER_NAMES = 400 "APIG.2103" "The certificate domain name and the custom domain name do not match";
    CHAIN_BROKEN = 400 "APIG.2104" "The certificate chain is not matched";
    KEY_ENCRYPTED = 400 "APIG.2105" "Encrypted private keys are not supported";
    CERTIFICATE_INVALID = 400 "APIG.2106" "Invalid certificate or private key";
    NO_NAMES = 400 "APIG.2109" "Invalid certificate. SAN missing";
    CANNOT_DEBUG = 400 "APIG.2030" "Bad request for debugging the API";
    NO_GROUP = 404 "APIG.3001" "The API group does not exist";
    NO_API = 404 "APIG.3002" "The API does not exist";
    NO_ENVIRONMENT = 404 "APIG.3003" "The environment does not exist";
    NO_APP = 404 "APIG.3004" "The app does not exist";
    NO_THROTTLE = 404 "APIG.3005" "The request throttling policy does not exist";
    NO_ACL = 404 "APIG.3006" "The access control policy does not exist";
    NO_AUTHORIZATION = 404 "APIG.3009" "The app authorization record does not exist";
    NO_ACL_BINDING = 404 "APIG.3010" "The access control policy binding record does not exist";
    NO_VARIABLE = 404 "APIG.3011" "The environment variable does not exist";
    NO_THROTTLE_BINDING = 404 "APIG.3012" "The request throttling policy binding record does not exist";
    NO_SPECIAL = 404 "APIG.3013" "The excluded request throttling configuration does not exist";
    NOT_PUBLISHED = 404 "APIG.3015" "The API publication record does not exist";
    NO_SIGN = 404 "APIG.3017" "The signature key does not exist";
    NO_SIGN_BINDING = 404 "APIG.3018" "The signature key binding record does not exist";
    NO_DOMAIN = 404 "APIG.3020" "The URL domain does not exist";
    NO_CERTIFICATE = 404 "APIG.3021" "The SSL certificate does not exist";
    NO_VERSION = 404 "APIG.3022" "The API version does not exist";
    NO_CHANNEL = 404 "APIG.3023" "The VPC channel does not exist";
    NO_INSTANCE = 404 "APIG.3030" "The instance does not exist";
    NO_PLUGIN = 404 "APIG.3068" "The plugin does not exist";
    NO_APP_CODE = 404 "APIG.3082" "The AppCode does not exist";
    NO_APP_QUOTA = 404 "APIG.3093" "The App quota does not exist";
    CERTIFICATE_NOT_BOUND = 404 "APIG.3097" "The binding record of this SSL certificate and domain name does not exist";
    TOO_MANY = 403 "APIG.3100" "The number of resources exceeds the maximum allowed limit";
    TOO_MANY_GROUPS = 403 "APIG.3101" "The number of API groups exceeds the maximum allowed limit";
    TOO_MANY_APPS = 403 "APIG.3103" "The number of apps exceeds the maximum allowed limit";
    TOO_MANY_ENVIRONMENTS = 403 "APIG.3104" "The number of environments exceeds the maximum allowed limit";
    TOO_MANY_SIGNS = 403 "APIG.3105" "The number of signature keys exceeds the maximum allowed limit";
    TOO_MANY_VARIABLES = 403 "APIG.3106" "The number of variables exceeds the maximum allowed limit";
    TOO_MANY_THROTTLES = 403 "APIG.3107" "The number of request throttling policies exceeds the maximum allowed limit";
    TOO_MANY_DOMAINS = 403 "APIG.3108" "The number of domain names exceeds the maximum allowed limit";
    TOO_MANY_CHANNELS = 403 "APIG.3109" "The number of VPC channels exceeds the maximum allowed limit";
    TOO_MANY_MEMBERS = 403 "APIG.3110" "The number of cloud servers in the VPC channel exceeds the maximum allowed limit";
    TOO_MANY_PARAMETERS = 403 "APIG.3111" "The number of parameters in req_params exceeds the maximum allowed limit";
    TOO_MANY_ACLS = 403 "APIG.3112" "The number of access control policies exceeds the maximum allowed limit";
    TOO_MANY_POLICIES = 403 "APIG.3113" "The number of API backend policies exceeds the maximum allowed limit";
    TOO_MANY_CONDITIONS = 403 "APIG.3114" "The number of policy conditions exceeds the maximum allowed limit";
    TOO_MANY_APIS = 403 "APIG.3125" "The number of APIs in the API group exceeds the maximum allowed limit";
    TOO_MANY_APP_CODES = 403 "APIG.3131" "The number of AppCodes exceeds the maximum allowed limit";
    TOO_MANY_TAGS = 403 "APIG.3133" "The number of API tags exceeds the maximum allowed limit";
    GROUP_NAME_TAKEN = 400 "APIG.3201" "The API group name already exists";
    API_NAME_TAKEN = 400 "APIG.3202" "The API name already exists";
    APP_NAME_TAKEN = 400 "APIG.3203" "The app name already exists";
    THROTTLE_NAME_TAKEN = 400 "APIG.3204" "The request throttling policy name already exists";
    ENVIRONMENT_NAME_TAKEN = 400 "APIG.3205" "The environment name already exists";
    ACL_NAME_TAKEN = 400 "APIG.3206" "The access control policy name already exists";
    SIGN_NAME_TAKEN = 400 "APIG.3207" "The signature key name already exists";
    CHANNEL_NAME_TAKEN = 400 "APIG.3208" "The VPC channel name already exists";
    PARAMETER_TWICE = 400 "APIG.3209" "The parameter name already exists";
    POLICY_NAME_TAKEN = 400 "APIG.3210" "The backend policy name already exists";
    API_THERE = 400 "APIG.3301" "The API already exists";
    VARIABLE_THERE = 400 "APIG.3303" "The environment variable already exists";
    DOMAIN_TAKEN = 400 "APIG.3305" "The URL domain name already exists";
    SPECIAL_THERE = 400 "APIG.3308" "The excluded request throttling configuration already exists";
    DONE_ALREADY = 400 "APIG.3309" "The operation has already been performed";
    PLUGIN_NAME_TAKEN = 400 "APIG.3326" "The plugin name already exists";
    APP_KEY_TAKEN = 400 "APIG.3310" "The AppKey already exists";
    APP_QUOTA_NAME_TAKEN = 400 "APIG.3325" "The API quota name already exists";
    CHANNEL_IN_USE = 403 "APIG.3414" "The VPC channel is already being used by another API";
    GROUP_HAS_APIS = 403 "APIG.3415" "The API group cannot be deleted because it contains APIs";
    API_PUBLISHED = 403 "APIG.3416" "The API cannot be deleted because it has been published";
    ENVIRONMENT_IN_USE = 403 "APIG.3418" "The environment contains published APIs";
    ACL_BOUND = 403 "APIG.3447" "The access control policy cannot be deleted because it has been bound to APIs";
    THROTTLE_BOUND = 403 "APIG.3451" "The request throttling policy cannot be deleted because it has been bound to APIs";
    NOT_OFFERED = 412 "APIG.3458" "The feature is not supported by the current instance";
    PLUGIN_ATTACHED = 403 "APIG.3462" "The plugin has been attached to the APIs and cannot perform the current operation";
    NOT_FOR_THIS_CHANNEL = 403 "APIG.3471" "The operation cannot be performed on this type of VPC channel";
    DOMAIN_OF_ANOTHER = 403 "APIG.3474" "The API group ID in the URL does not match the API group to which the URL domain has been bound";
    NOT_PUBLISHED_FOR_PLUGIN = 409 "APIG.3707" "Only published APIs can be bound with plug-ins.";
    NOT_NOW = 500 "APIG.9008" "Too many requests. Try again later";
    FAILED = 500 "APIG.9999" "System error";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_statuses_are_the_vendors() {
        let table: serde_json::Value =
            serde_json::from_str(include_str!("../../../../conformance/operations/huawei-errors.json"))
                .expect("the table of codes");
        for Code { status, code, .. } in ALL {
            assert_eq!(table[code], *status, "{code}");
        }
    }
}
