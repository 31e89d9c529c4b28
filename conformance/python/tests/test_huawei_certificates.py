"""Certificates through the vendor's SDK: in their store, at domains, and in calls over TLS."""

import datetime
import unittest

import huaweicloudsdkapig.v2 as apig

from calls import Caller, eventually, is_cut_off, is_served
from certificates import Authority
from huawei_case import MANAGEMENT, Shop, host, name, open_to_all


class Certificates(Shop):
    def setUp(self):
        super().setUp()
        self.authority = Authority("Our Authority")
        self.caller = Caller(self.authority.certificate)
        self.host = host()
        self.domain = self.bound(self.host)
        self.at = {"group_id": self.made.id, "domain_id": self.domain.id}

    def form(self, *hosts, **more):
        chain, key = self.authority.server(*hosts)
        given = {"name": name("cert"), "cert_content": chain, "private_key": key, "type": "global"}
        return apig.CertificateForm(**{**given, **more})

    def certificate(self, *hosts, **more):
        certificate = self.do("create_certificate_v2", body=self.form(*hosts, **more))
        self.addCleanup(self.forget_it, certificate.id)
        return certificate

    def forget_it(self, certificate):
        # After the domain, which may have it.
        self.forget("disassociate_domain_v2", **self.at)
        self.forget("delete_certificate_v2", self.do, certificate_id=certificate)

    def secured(self, accept, caller=None):
        return eventually(lambda: (caller or self.caller).call(self.host, "/pets"), accept)

    def test_certificates_are_kept_found_and_changed(self):
        certificate = self.certificate(self.host, trusted_root_ca=self.authority.certificate)
        self.assertEqual((certificate.common_name, certificate.san), (self.host, [self.host]))
        self.assertEqual((certificate.algorithm_type, certificate.is_has_trusted_root_ca), ("ECC", True))
        at = {"certificate_id": certificate.id}
        shown = self.do("show_details_of_certificate_v2", **at)
        self.assertEqual((shown.name, shown.project_id), (certificate.name, MANAGEMENT["project"]))
        now = datetime.datetime.now(datetime.timezone.utc)
        self.assertTrue(shown.not_before < now < shown.not_after)
        found = lambda **asked: [one.id for one in self.do("list_certificates_v2", **asked).certs]
        self.assertEqual(found(name=certificate.name, instance_id=self.instance), [certificate.id])
        self.assertEqual((found(common_name=self.host), found(name=certificate.name, algorithm_type="RSA")), ([certificate.id], []))
        renamed = name("cert")
        other = f"other.{self.host}"
        changed = self.do("update_certificate_v2", body=self.form(self.host, other, name=renamed), **at)
        self.assertEqual((changed.name, changed.san), (renamed, [self.host, other]))
        wrong = self.form(self.host, private_key=self.authority.server(self.host)[1])
        self.refused(400, "APIG.2101", "create_certificate_v2", self.do, body=wrong)
        self.do("delete_certificate_v2", **at)
        self.refused(404, "APIG.3021", "show_details_of_certificate_v2", self.do, **at)

    def test_a_certificate_is_given_to_domains(self):
        certificate = self.certificate(self.host)
        at = {"certificate_id": certificate.id}
        named = apig.AttachOrDetachDomainsReqBody(domains=[apig.AttachOrDetachDomainInfo(domain=self.host)])
        self.do("batch_associate_domains_v2", body=named, **at)
        self.assertEqual(self.secured(is_served).body["path"], "/pets")
        attached = self.do("list_attached_domains_v2", **at).bound_domains
        told = [(one.url_domain, one.ssl_id, one.api_group_id) for one in attached]
        self.assertEqual(told, [(self.host, certificate.id, self.made.id)])
        self.refused(403, "APIG.1115", "delete_certificate_v2", self.do, **at)
        self.do("batch_disassociate_domains_v2", body=named, **at)
        self.secured(is_cut_off)
        self.refused(404, "APIG.3097", "batch_disassociate_domains_v2", self.do, body=named, **at)

    def test_a_domain_is_given_a_certificate_of_the_store(self):
        certificate = self.certificate(self.host)
        ids = apig.AttachOrDetachCertsReqBody(certificate_ids=[certificate.id])
        self.on("batch_associate_certs_v2", body=ids, **self.at)
        self.secured(is_served)
        [shown] = self.on("show_details_of_api_group_v2", group_id=self.made.id).url_domains
        self.assertEqual((shown.ssl_id, shown.ssl_name), (certificate.id, certificate.name))
        self.on("batch_disassociate_certs_v2", body=ids, **self.at)
        self.secured(is_cut_off)

    def test_a_domain_has_a_certificate_of_its_own(self):
        chain, key = self.authority.server(self.host)
        form = apig.CertForm(name=name("cert"), cert_content=chain, private_key=key)
        made = self.on("associate_certificate_v2", body=form, **self.at)
        self.addCleanup(self.forget_it, made.ssl_id)
        self.assertEqual((made.url_domain, made.ssl_name, made.api_group_id), (self.host, form.name, self.made.id))
        self.secured(is_served)
        there = {"certificate_id": made.ssl_id, **self.at}
        shown = self.on("show_details_of_domain_name_certificate_v2", **there)
        self.assertEqual((shown.id, shown.common_name), (made.ssl_id, self.host))
        self.on("disassociate_certificate_v2", **there)
        self.secured(is_cut_off)
        self.refused(404, "APIG.3097", "show_details_of_domain_name_certificate_v2", **there)

    def test_a_domain_chooses_how_it_is_called(self):
        self.online(self.api(open_to_all(self.made, name="list_cats", req_uri="/cats", req_protocol="HTTPS")))
        clients = Authority("Their Authority")
        certificate = self.certificate(self.host, trusted_root_ca=clients.certificate)
        ids = apig.AttachOrDetachCertsReqBody(certificate_ids=[certificate.id], verified_client_certificate_enabled=False)
        self.on("batch_associate_certs_v2", body=ids, **self.at)
        self.secured(is_served)
        change = lambda **more: self.on("update_domain_v2", body=apig.UrlDomainModify(min_ssl_version="TLSv1.2", **more), **self.at)
        changed = change(is_http_redirect_to_https=True)
        self.assertEqual((changed.min_ssl_version, changed.is_http_redirect_to_https), ("TLSv1.2", True))
        [shown] = self.on("show_details_of_api_group_v2", group_id=self.made.id).url_domains
        self.assertEqual(shown.min_ssl_version, "TLSv1.2")
        answer = self.until(301, "APIG.0607", at=self.host, path="/cats")
        self.assertEqual(answer.headers["Location"].split(":")[0], "https")

        self.assertTrue(change(verified_client_certificate_enabled=True).verified_client_certificate_enabled)
        self.secured(is_cut_off)
        with clients.client("partner one") as own:
            self.secured(is_served, Caller(self.authority.certificate, own.name))


if __name__ == "__main__":
    unittest.main()
