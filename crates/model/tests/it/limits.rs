//! The numbers of each profile, as a table that a change has to show.

use insta::{assert_json_snapshot, assert_snapshot};
use paifang_model::Dialect;
use paifang_model::limits::{Limits, Profile};

#[test]
fn numbers() {
    assert_eq!(Limits::of(Profile::Own, Dialect::Alibaba), Limits::of(Profile::Own, Dialect::Huawei));
    assert_json_snapshot!("own", Limits::of(Profile::Own, Dialect::Alibaba));
    assert_json_snapshot!("cloud_alibaba", Limits::of(Profile::Cloud, Dialect::Alibaba));
    assert_json_snapshot!("cloud_huawei", Limits::of(Profile::Cloud, Dialect::Huawei));
}

#[test]
fn profiles_by_name() {
    assert_eq!("own".parse(), Ok(Profile::Own));
    assert_eq!("cloud".parse(), Ok(Profile::Cloud));
    assert_snapshot!("Cloud".parse::<Profile>().unwrap_err(), @"`Cloud` is not a limits profile: `own` or `cloud`");
}
