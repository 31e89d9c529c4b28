"""Domains over TLS, and what is special of them, through the vendor's Python SDKs."""

import json
import ssl
import unittest

import alibaba_clients
from alibaba_case import host, name
from alibaba_shop import Shop
from calls import Caller, eventually, is_cut_off, is_served
from certificates import Authority


class Certificates(Shop):
    def setUp(self):
        super().setUp()
        self.there = self.online(self.api())
        self.authority = Authority("Our Authority")
        self.domain = {"DomainName": self.bound(host()), **self.where}

    def set(self, **more):
        chain, key = self.authority.server(self.domain["DomainName"])
        certificate = {"CertificateName": name("ours"), "CertificateBody": chain, "CertificatePrivateKey": key}
        self.do("SetDomainCertificate", **{**certificate, **more}, **self.domain)
        return certificate

    def secured(self, caller, accept):
        return eventually(lambda: caller.call(self.domain["DomainName"], "/pets"), accept)

    def test_a_domain_has_a_certificate_until_it_is_taken_away(self):
        caller = Caller(self.authority.certificate)
        certificate = self.set()
        self.assertEqual(self.secured(caller, is_served).body["path"], "/pets")
        shown = self.do("DescribeDomain", **self.domain)
        self.assertEqual(shown["CertificateName"], certificate["CertificateName"])
        self.assertEqual(shown["CertificateBody"], certificate["CertificateBody"])
        self.assertFalse(shown.get("CertificatePrivateKey"))

        other = {"DomainName": self.bound(host()), **self.where}
        uncovered = {**certificate, "CertificateName": name("ours"), **other}
        self.assertIn("does not cover", self.refused(400, "InvalidCertificateBody", "SetDomainCertificate", **uncovered))
        self.do("DeleteDomainCertificate", CertificateId=shown["CertificateId"], **self.domain)
        self.secured(caller, is_cut_off)
        gone = {"CertificateId": shown["CertificateId"], **self.domain}
        self.refused(400, "DomainCertificateNotFound", "DeleteDomainCertificate", **gone)

    def test_clients_show_certificates_of_their_own(self):
        clients = Authority("Their Authority")
        self.set(CaCertificateBody=clients.certificate, ClientCertSDnPassThrough=True)
        with clients.client("partner one") as own:
            known = Caller(self.authority.certificate, own.name)
            answer = self.secured(known, is_served)
        self.assertEqual(answer.seen("x-client-s-dn"), "CN=partner one")
        [item] = self.do("DescribeApiGroup", **self.where)["CustomDomains"]["DomainItem"]
        self.assertTrue(item["ClientCertSDnPassThrough"])
        with self.authority.client("partner one") as own:
            for stranger in [Caller(self.authority.certificate), Caller(self.authority.certificate, own.name)]:
                answer = stranger.call(self.domain["DomainName"], "/pets")
                self.assertTrue(is_cut_off(answer), answer)


class Domains(Certificates):
    """What the older SDK has no classes for."""

    def test_a_policy_says_which_versions_are_spoken(self):
        self.set()
        at = self.domain["DomainName"]
        older = Caller(self.authority.certificate, versions=ssl.TLSVersion.TLSv1_2, protocols=["h2", "http/1.1"])
        newer = Caller(self.authority.certificate, versions=ssl.TLSVersion.TLSv1_3, protocols=["h2", "http/1.1"])
        choose = lambda policy: self.do("ModifyApiGroupNetworkPolicy", HttpsPolicy=policy, **self.where)
        choose("HTTPS1_1_TLS1_0")
        eventually(lambda: older.protocol(at), lambda spoken: spoken == "http/1.1")
        choose("HTTPS2_TLS1_3")
        eventually(lambda: older.protocol(at), lambda spoken: isinstance(spoken, ssl.SSLError))
        self.assertEqual(newer.protocol(at), "h2")
        self.assertEqual(self.do("DescribeApiGroup", **self.where)["HttpsPolicy"], "HTTPS2_TLS1_3")
        told = self.refused(400, "InvalidHttpsPolicy", "ModifyApiGroupNetworkPolicy", HttpsPolicy="HTTPS3", **self.where)
        self.assertIn("HTTPS2_TLS1_2", told)

    def test_a_subdomain_is_switched_off_and_on(self):
        self.until(200)
        self.do("ModifyApiGroupNetworkPolicy", InnerDomainEnable=False, **self.where)
        self.until(404, "I404DO")
        self.assertEqual(self.get(at=self.domain["DomainName"]).status, 200)
        self.do("ModifyApiGroupNetworkPolicy", InnerDomainEnable=True, **self.where)
        self.until(200)

    def test_parts_of_hosts_below_a_wildcard_domain_have_names(self):
        below = host()
        wildcard = {"DomainName": self.bound(f"*.{below}"), **self.where}
        patterns = json.dumps([f"{{shop}}.{below}"])
        self.do("SetWildcardDomainPatterns", WildcardDomainPatterns=patterns, **wildcard)
        items = self.do("DescribeApiGroup", **self.where)["CustomDomains"]["DomainItem"]
        told = {item["DomainName"]: item.get("WildcardDomainPatterns") for item in items}
        self.assertEqual(json.loads(told[wildcard["DomainName"]]), [f"{{shop}}.{below}"])
        exact = {**self.domain, "WildcardDomainPatterns": patterns}
        self.refused(400, "InvalidWildcardDomainPatterns", "SetWildcardDomainPatterns", **exact)

        # Each shop may be called once.
        rule = {"name": "byShop", "byParameters": "shop", "limit": 1, "period": 1, "timeUnit": "DAY"}
        data = json.dumps({"scope": "API", "parameters": {"shop": "Host:shop"}, "rules": [rule]})
        plugin = self.do("CreatePlugin", PluginName=name("plugin"), PluginType="trafficControl", PluginData=data)["PluginId"]
        self.addCleanup(self.forget, "DeletePlugin", PluginId=plugin)
        there = {"PluginId": plugin, **self.there}
        self.do("AttachPlugin", **there)
        self.addCleanup(self.forget, "DetachPlugin", **there)
        self.served()
        statuses = [self.get(at=f"{shop}.{below}").status for shop in ["north", "north", "south", "south"]]
        self.assertEqual(statuses, [200, 429, 200, 429])


class ByAcs3(Domains, unittest.TestCase):
    Client = alibaba_clients.Newer


class ByRpcV1(Domains, unittest.TestCase):
    Client = alibaba_clients.NewerByRpcV1


class ByTheOlderSdk(Certificates, unittest.TestCase):
    Client = alibaba_clients.Older


if __name__ == "__main__":
    unittest.main()
