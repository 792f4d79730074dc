"""Every route and who may use it: whoever adds one says so here, once more and on purpose."""

from __future__ import annotations

from quality.core.gate import PUBLIC
from quality.people.permissions import Permission

ROUTES: dict[str, str] = {
    "account.change_password": Permission.USE_SERVICE,
    "audits.change_plan": Permission.RECORD_AUDITS,
    "audits.change_visit": Permission.RECORD_AUDITS,
    "audits.mine": Permission.RECORD_AUDITS,
    "audits.move": Permission.RECORD_AUDITS,
    "audits.plan": Permission.RECORD_AUDITS,
    "audits.queue": Permission.REVIEW_AUDITS,
    "audits.queue_csv": Permission.REVIEW_AUDITS,
    "audits.record_visit": Permission.RECORD_AUDITS,
    "audits.remove_visit": Permission.RECORD_AUDITS,
    "audits.show": Permission.READ_AUDITS,
    "audits.visits": Permission.READ_AUDITS,
    "editions.start_sync": Permission.LOAD_EDITIONS,
    "editions.sync": Permission.LOAD_EDITIONS,
    "findings.add": Permission.RECORD_AUDITS,
    "findings.approve": Permission.REVIEW_AUDITS,
    "findings.change": Permission.RECORD_AUDITS,
    "findings.check": Permission.READ_AUDITS,
    "findings.index": Permission.READ_AUDITS,
    "findings.judgement": Permission.READ_AUDITS,
    "findings.remove": Permission.RECORD_AUDITS,
    "findings.return_to_officer": Permission.REVIEW_AUDITS,
    "findings.review": Permission.REVIEW_AUDITS,
    "findings.save_standard": Permission.RECORD_AUDITS,
    "findings.send": Permission.RECORD_AUDITS,
    "findings.standard": Permission.READ_AUDITS,
    "photographs.add": Permission.RECORD_AUDITS,
    "photographs.describe": Permission.RECORD_AUDITS,
    "photographs.erase": Permission.RECORD_AUDITS,
    "photographs.file": Permission.READ_AUDITS,
    "photographs.index": Permission.READ_AUDITS,
    "photographs.remove": Permission.RECORD_AUDITS,
    "photographs.restore": Permission.RECORD_AUDITS,
    "frameworks.show": Permission.USE_SERVICE,
    "frameworks.version": Permission.USE_SERVICE,
    "letters.file": Permission.RECORD_AUDITS,
    "letters.index": Permission.RECORD_AUDITS,
    "letters.show": Permission.RECORD_AUDITS,
    "market.agreement_chart": Permission.READ_AUDITS,
    "market.area": Permission.READ_MARKET,
    "market.benchmarks_csv": Permission.READ_MARKET,
    "market.chart": Permission.READ_MARKET,
    "market.committee": Permission.READ_AUDITS,
    "market.council_beside_cqc": Permission.READ_AUDITS,
    "market.council_beside_cqc_csv": Permission.READ_AUDITS,
    "market.improvement_csv": Permission.READ_AUDITS,
    "market.improvement_list": Permission.READ_AUDITS,
    "market.improvement_needs": Permission.READ_AUDITS,
    "market.committee_file": Permission.READ_AUDITS,
    "market.change_publication": Permission.PUBLISH_MARKET,
    "market.data_dictionary": PUBLIC,
    "market.delete_draft": Permission.PUBLISH_MARKET,
    "market.draft": Permission.READ_MARKET,
    "market.index": Permission.READ_MARKET,
    "market.new_list": Permission.PUBLISH_MARKET,
    "market.new_publication": Permission.PUBLISH_MARKET,
    "market.open_data": PUBLIC,
    "market.open_data_json": PUBLIC,
    "market.publications": Permission.READ_MARKET,
    "market.publish": Permission.PUBLISH_MARKET,
    "market.published": PUBLIC,
    "market.published_beside": PUBLIC,
    "market.published_chart": PUBLIC,
    "market.published_file": PUBLIC,
    "market.change_list": Permission.PUBLISH_MARKET,
    "market.list_csv": Permission.READ_MARKET,
    "market.lists": Permission.READ_MARKET,
    "market.load_lists": Permission.PUBLISH_MARKET,
    "market.movement": Permission.READ_MARKET,
    "market.movement_csv": Permission.READ_MARKET,
    "market.neighbourhoods": Permission.READ_MARKET,
    "market.neighbourhoods_csv": Permission.READ_MARKET,
    "market.pack": Permission.READ_AUDITS,
    "market.pack_file": Permission.READ_AUDITS,
    "market.pack_csv": Permission.READ_AUDITS,
    "market.pack_list": Permission.READ_AUDITS,
    "market.recurring_csv": Permission.READ_AUDITS,
    "market.remove_list": Permission.PUBLISH_MARKET,
    "market.restore_list": Permission.PUBLISH_MARKET,
    "market.share_json": Permission.READ_MARKET,
    "market.show_list": Permission.READ_MARKET,
    "market.stays": Permission.READ_AUDITS,
    "market.stays_chart": Permission.READ_AUDITS,
    "market.stays_csv": Permission.READ_AUDITS,
    "market.trend": Permission.READ_MARKET,
    "market.trend_csv": Permission.READ_MARKET,
    "market.trend_json": Permission.READ_MARKET,
    "messages.read": Permission.USE_SERVICE,
    "packs.again": Permission.READ_REPORTS,
    "packs.ask": Permission.READ_REPORTS,
    "packs.ask_chosen": Permission.READ_REPORTS,
    "packs.delete": Permission.READ_REPORTS,
    "packs.download": Permission.READ_REPORTS,
    "packs.index": Permission.READ_REPORTS,
    "packs.show": Permission.READ_REPORTS,
    "pages.about": PUBLIC,
    "pages.accessibility": PUBLIC,
    "pages.council_css": PUBLIC,
    "pages.healthy": PUBLIC,
    "pages.icon": PUBLIC,
    "people.add": Permission.MANAGE_PEOPLE,
    "people.add_contact": Permission.MANAGE_PEOPLE,
    "people.change_roles": Permission.MANAGE_PEOPLE,
    "people.choose_password": PUBLIC,
    "people.choose_provider": Permission.MANAGE_PEOPLE,
    "people.disable": Permission.MANAGE_PEOPLE,
    "people.enable": Permission.MANAGE_PEOPLE,
    "people.home": PUBLIC,
    "people.index": Permission.MANAGE_PEOPLE,
    "people.invite_again": Permission.MANAGE_PEOPLE,
    "people.join": PUBLIC,
    "people.show": Permission.MANAGE_PEOPLE,
    "people.sign_in": PUBLIC,
    "people.sign_out": PUBLIC,
    "reports.download": Permission.READ_REPORTS,
    "reports.draft": Permission.READ_AUDITS,
    "reports.draft_pdf": Permission.READ_AUDITS,
    "reports.file": Permission.READ_REPORTS,
    "reports.index": Permission.READ_REPORTS,
    "reports.photograph": Permission.READ_REPORTS,
    "reports.print_draft": Permission.READ_AUDITS,
    "reports.make_variants": Permission.READ_REPORTS,
    "reports.schema": PUBLIC,
    "reports.variant_file": Permission.READ_REPORTS,
    "reports.variants": Permission.READ_REPORTS,
    "reports.verify": PUBLIC,
    "reports.show": Permission.READ_REPORTS,
    "services.add_contracts": Permission.NOTE_CONTRACTS,
    "services.contract": Permission.NOTE_CONTRACTS,
    "services.contracted": Permission.READ_SERVICES,
    "services.edition": Permission.READ_SERVICES,
    "services.edition_changes": Permission.READ_SERVICES,
    "services.edition_changes_csv": Permission.READ_SERVICES,
    "services.editions": Permission.READ_SERVICES,
    "services.editions_csv": Permission.READ_SERVICES,
    "services.end_contract": Permission.NOTE_CONTRACTS,
    "services.note_contract_again": Permission.NOTE_CONTRACTS,
    "services.note_contracts": Permission.NOTE_CONTRACTS,
    "services.provider": Permission.READ_SERVICES,
    "services.search": Permission.READ_SERVICES,
    "services.search_csv": Permission.READ_SERVICES,
    "services.show": Permission.READ_SERVICES,
    "static": PUBLIC,
}
GUARDED = sorted(endpoint for endpoint, permission in ROUTES.items() if permission != PUBLIC)
# What another council's people may see too: the register is public knowledge, a framework is published.
SHARED = {"audits.plan", "audits.mine", "audits.queue", "people.index", "people.add", "people.add_contact"}
SHARED |= {"people.choose_provider", "reports.index", "services.search", "services.show", "services.editions"}
SHARED |= {"frameworks.show", "frameworks.version", "services.search_csv", "services.editions_csv"}
# CQC's data is everybody's, and so is the one sync that fetches it.
SHARED |= {"editions.sync", "editions.start_sync"}
SHARED |= {
    "services.provider",
    "services.edition",
    "services.edition_changes",
    "services.edition_changes_csv",
    "audits.queue_csv",
}
# What a council contracts is asked and changed for whoever is signed in, about a register that is everybody's.
SHARED |= {"services.contracted", "services.add_contracts", "services.note_contracts"}
SHARED |= {"services.end_contract", "services.note_contract_again"}
# The figures about audits are asked of whoever is signed in, about their own council's.
SHARED |= {"market.committee", "market.council_beside_cqc", "market.council_beside_cqc_csv"}
SHARED |= {"market.improvement_needs", "market.improvement_list", "market.improvement_csv", "market.pack"}
SHARED |= {
    "market.agreement_chart",
    "market.stays_chart",
    "market.recurring_csv",
    "market.committee_file",
    "market.pack_file",
}
SHARED |= {"market.pack_list", "market.pack_csv", "market.stays", "market.stays_csv"}
# The market is everybody's.
SHARED |= {"market.index", "market.area", "market.share_json", "market.benchmarks_csv", "market.trend"}
SHARED |= {"market.trend_csv", "market.movement", "market.neighbourhoods", "market.chart"}
SHARED |= {"market.movement_csv", "market.neighbourhoods_csv", "market.trend_json"}
SHARED |= {"market.publications", "market.new_publication"}
SHARED |= {"market.lists", "market.new_list", "market.load_lists"}
# Everybody has an account of their own.
SHARED |= {"account.change_password"}
# Packs are asked for by whoever is signed in, of what they may read.
SHARED |= {"packs.index", "packs.ask", "packs.ask_chosen"}

# What is its asker's alone, whatever anybody's role; tests/letters asks for it as the asker and as others.
OWN = {"packs.again", "packs.delete", "packs.download", "packs.show"}
