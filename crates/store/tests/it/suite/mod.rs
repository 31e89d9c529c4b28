//! What every home must do. A home joins by [`Home`] and one line in `main.rs`.

use paifang_model::record::Record;
use paifang_store::{
    Batch, Commit, CommitError, Conflict, MasterKey, NodeTable, Store, TelemetryTable, Upkeep, Write,
};

pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod conflicts;
pub(crate) mod damage;
pub(crate) mod deletions;
pub(crate) mod digests;
pub(crate) mod documents;
pub(crate) mod feed;
pub(crate) mod lists;
pub(crate) mod model;
pub(crate) mod nodes;
pub(crate) mod sealing;
pub(crate) mod shapes;
pub(crate) mod soundness;
pub(crate) mod tasks;
pub(crate) mod telemetry;

/// A database under test, empty when opened.
pub(crate) trait Home {
    /// The store in it.
    fn store(&self) -> &dyn Upkeep;

    /// The table of nodes in it.
    fn nodes(&self) -> &dyn NodeTable;

    /// The table of telemetry in it.
    fn telemetry(&self) -> &dyn TelemetryTable;

    /// Does something to it behind the store's back.
    async fn tamper(&self, sql: &'static str);
}

/// The time of all that does not care about time.
pub(crate) const NOW: i64 = 1_700_000_000_000;

/// The master key of every store under test.
pub(crate) fn master() -> MasterKey {
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".parse().unwrap()
}

/// A batch that puts a noun.
pub(crate) fn put<R: Record>(record: &R) -> Batch {
    Batch::at(NOW).write(Write::put(record))
}

/// Commits what must be accepted.
pub(crate) async fn commit(store: &dyn Store, batch: Batch) -> u64 {
    let Commit { revision } = store.commit(batch).await.unwrap();
    revision
}

/// Commits what must be refused, and tells why.
pub(crate) async fn refused(store: &dyn Store, batch: Batch) -> Vec<Conflict> {
    match store.commit(batch).await {
        Err(CommitError::Refused(conflicts)) => conflicts.0,
        other => panic!("expected conflicts, got {other:?}"),
    }
}

/// The conflicts as sentences.
pub(crate) async fn sentences(store: &dyn Store, batch: Batch) -> String {
    let conflicts = refused(store, batch).await;
    conflicts.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Runs the suite on a home.
macro_rules! store_suite {
    ($home:ident, $open:expr) => {
        suite_on! { $home, $open;
            audit::lines_come_newest_first_in_pages,
            audit::lines_are_found_by_who_what_and_when,
            audit::a_refused_change_leaves_no_line,
            conflicts::expectations_are_judged_before_the_writes,
            conflicts::a_unique_value_has_one_holder,
            conflicts::a_value_may_be_unique_in_its_scope_only,
            conflicts::two_documents_may_swap_a_unique_value,
            conflicts::a_link_needs_its_target,
            conflicts::a_target_may_come_with_its_link,
            conflicts::a_quota_counts_after_the_writes,
            conflicts::a_quota_may_count_all_scopes,
            conflicts::all_conflicts_are_told_at_once,
            conflicts::a_refused_batch_changes_nothing,
            conflicts::a_document_is_written_once_in_a_batch,
            conflicts::odd_fields_and_large_documents_are_refused,
            deletions::a_needed_document_stays,
            deletions::dependents_go_along,
            deletions::what_goes_along_may_be_needed_elsewhere,
            deletions::holder_and_target_may_go_together,
            deletions::a_holder_that_lets_go_frees_its_target,
            deletions::many_go_along,
            deletions::deleting_nothing_is_no_conflict,
            digests::tell_what_a_reader_has_not,
            digests::follow_every_change,
            documents::a_document_keeps_its_times_and_revision,
            documents::an_absent_document_is_none,
            documents::an_old_document_is_upgraded_when_read,
            documents::a_newer_document_is_raw_and_never_overwritten,
            documents::a_document_is_read_as_its_own_noun_only,
            documents::concurrent_changes_get_gapless_revisions,
            documents::a_refused_change_does_not_harm_its_neighbours,
            documents::a_caller_that_goes_away_does_not_stop_its_change,
            feed::tells_what_each_revision_did,
            feed::is_exact_history,
            feed::answers_in_whole_revisions,
            feed::moves_the_watch,
            feed::forgets_what_is_old,
            feed::refuses_a_revision_from_the_future,
            lists::are_sorted_by_time_or_field_either_way,
            lists::are_told_apart_by_scope,
            lists::filter_by_value,
            lists::filter_by_link,
            lists::contain_text_as_it_is_written,
            lists::follow_cursors_while_documents_come_and_go,
            lists::count_and_skip,
            lists::refuse_what_breaks_a_limit,
            lists::refuse_foreign_cursors,
            model::every_list_is_what_a_naive_search_finds,
            sealing::secrets_come_back_everywhere,
            sealing::a_secret_is_found_and_has_one_holder,
            sealing::what_has_no_secret_is_not_sealed,
            sealing::a_rotation_seals_everything_anew_and_nobody_notices,
            sealing::what_is_written_while_it_is_sealed_anew_stays_written,
            sealing::keys_that_still_seal_something_stay,
            sealing::other_wrappings_are_noticed_before_a_rotation,
            tasks::a_task_is_made_with_its_items_in_their_order,
            tasks::an_item_is_settled_with_its_change_and_once,
            tasks::a_refused_change_leaves_its_item_waiting,
            tasks::the_last_item_ends_its_task,
            tasks::what_is_canceled_is_settled,
            tasks::tasks_are_listed_either_way_by_state_and_kind,
            tasks::items_are_listed_by_state_in_pages,
            tasks::tasks_that_ended_are_forgotten,
            tasks::a_lease_has_one_holder,
            nodes::a_report_replaces_the_last_one,
            nodes::reports_are_no_revisions,
            nodes::a_node_that_leaves_is_forgotten,
            telemetry::what_is_counted_twice_for_a_minute_is_added_up,
            telemetry::nodes_are_added_up,
            telemetry::a_series_is_read_without_its_neighbours,
            telemetry::points_are_as_long_as_asked_for,
            telemetry::many_rows_come_in_parts,
            telemetry::old_minutes_are_forgotten,
            telemetry::telemetry_is_no_revision,
        }
    };
}

/// Runs the part of the suite that damages rows, which a home in memory does not let happen.
macro_rules! damage_suite {
    ($home:ident, $open:expr) => {
        suite_on! { $home, $open;
            damage::a_bad_document_does_not_take_its_page_down,
            damage::a_lost_document_is_shown,
            damage::a_bad_change_does_not_take_the_feed_down,
            damage::a_kind_of_a_newer_binary_is_set_aside,
            damage::odd_audit_detail_is_shown_as_text,
            damage::a_sealed_value_opens_in_its_own_document_only,
            damage::what_cannot_be_opened_keeps_its_key_and_holds_nobody_up,
            backup::comes_back_as_it_was,
            backup::is_refused_where_something_is,
            backup::is_refused_when_it_is_not_whole,
            backup::needs_its_own_master_key,
            soundness::a_sound_store_has_no_findings,
            soundness::damage_of_every_sort_is_found,
            nodes::who_is_silent_for_long_is_forgotten,
            nodes::a_damaged_row_is_an_error,
            telemetry::damaged_figures_are_an_error,
        }
    };
}

macro_rules! suite_on {
    ($home:ident, $open:expr; $($module:ident :: $test:ident,)*) => {
        mod $home {
            $(
                #[tokio::test]
                async fn $test() {
                    crate::suite::$module::$test($open.await).await;
                }
            )*
        }
    };
}
