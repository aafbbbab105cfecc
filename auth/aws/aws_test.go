package aws

import (
	"slices"
	"strings"
	"testing"
)

func TestRegionsAndTheirPartitions(t *testing.T) {
	for region, want := range map[string]string{
		"us-east-1": "aws", "eu-west-1": "aws", "ap-southeast-7": "aws", "il-central-1": "aws", "mx-central-1": "aws", "me-south-1": "aws",
		"cn-north-1": "aws-cn", "cn-northwest-1": "aws-cn", "us-gov-west-1": "aws-us-gov", "us-gov-east-1": "aws-us-gov",
		"eusc-de-east-1": "aws-eusc", "us-iso-east-1": "aws-iso", "us-isob-east-1": "aws-iso-b", "eu-isoe-west-1": "aws-iso-e",
		"us-isof-south-1": "aws-iso-f", "us-east-10": "aws",
		"": "", "us": "", "us-east": "", "us-1": "", "US-EAST-1": "", "us-east-1 ": "", "us-east-100": "", "us--1": "", "-east-1": "", "us-east-": "",
		"us-east-1a": "", "us.east.1": "", "u-east-1": "", "evil.example/": "", "us-east-1\n": "", "us-east-١": "", "a-b-c-d-e-f-1": "",
	} {
		got := ""
		if p := of(region); p != nil {
			got = p.name
		}
		if got != want || IsRegion(region) != (want != "") {
			t.Errorf("%q: got %q, want %q", region, got, want)
		}
	}
	if !SamePartition("us-east-1", "eu-west-1") || SamePartition("us-east-1", "us-gov-west-1") || SamePartition("", "") {
		t.Error("regions are in the wrong partition")
	}
}

func TestPrefixDomains(t *testing.T) {
	for region, want := range map[string]string{
		"eu-west-1": "my.auth.eu-west-1.amazoncognito.com", "us-gov-west-1": "my.auth-fips.us-gov-west-1.amazoncognito.com",
		"cn-north-1": "my.auth.cn-north-1.amazoncognito.com.cn", "eusc-de-east-1": "my.auth.cognito-idp.eusc-de-east-1.on.amazonwebservices.eu",
		"us-iso-east-1": "", "nowhere": "", "": "",
	} {
		got := PrefixDomain("my", region)
		if got != want {
			t.Errorf("%q: got %q, want %q", region, got, want)
		}
		if got != "" && DomainRegion(got) != region {
			t.Errorf("%q: the region of %q is %q", region, got, DomainRegion(got))
		}
	}
	for host, want := range map[string]string{
		"my.auth-fips.us-east-1.amazoncognito.com": "us-east-1", "my.auth.us-gov-east-1.amazoncognito.com": "us-gov-east-1",
		"My.Auth.EU-West-1.AmazonCognito.com": "eu-west-1", "my.auth.cn-north-1.amazoncognito.com": "cn-north-1",
		"auth.example.com": "", "127.0.0.1": "", "localhost": "", "": "", ".": "", "...": "",
		"auth.eu-west-1.amazoncognito.com": "", ".auth.eu-west-1.amazoncognito.com": "",
		"a.b.auth.eu-west-1.amazoncognito.com": "", "my.auth.eu-west-1.amazoncognito.com.evil.example": "",
		"my.auth.eu-west-1.amazoncognito.com.cn": "", "my.auth.eu-west-1.evil.example": "", "my.auth.eusc-de-east-1.amazoncognito.com": "",
		"my.auth.eu-west-1.amazoncognito.com.": "", "my.auth.us-west-2.eu-west-1.amazoncognito.com": "",
	} {
		if got := DomainRegion(host); got != want {
			t.Errorf("%q: got %q, want %q", host, got, want)
		}
	}
}

func TestPoolsAndTheirIssuers(t *testing.T) {
	for id, want := range map[string]string{
		"eu-west-1_AbCdEfGhI": "eu-west-1", "eusc-de-east-1_Ab9": "eusc-de-east-1", "us-gov-west-1_Ab9": "us-gov-west-1", "us-isob-east-1_Ab9": "us-isob-east-1",
		"": "", "AbC": "", "eu-west-1": "", "eu-west-1_": "", "eu-west-1_a_b": "", "eu-west-1_a/b": "", "eu-west_A": "", "EU-WEST-1_A": "", "eu-west-1_é": "",
	} {
		if got := PoolRegion(id); got != want {
			t.Errorf("%q: got %q, want %q", id, got, want)
		}
	}
	for id, want := range map[string]bool{"local_Demo01ab": true, "eu-west-1_A": true, "local_": false, "local": false, "local_a/b": false, "realms/demo": false, "": false} {
		if IsPoolID(id) != want {
			t.Errorf("%q is a pool id: %v", id, !want)
		}
	}
	tests := map[string]struct {
		pool, second string
		want         []string
	}{
		"one region": {"eu-west-1_A", "", []string{"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A", "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A"}},
		"the same":   {"cn-north-1_A", "cn-north-1", []string{"https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_A", "https://issuer-cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_A"}},
		"replicated": {"us-east-1_A", "us-west-2", []string{
			"https://cognito-idp.us-east-1.amazonaws.com/us-east-1_A", "https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_A",
			"https://cognito-idp.us-west-2.amazonaws.com/us-east-1_A", "https://issuer-cognito-idp.us-west-2.amazonaws.com/us-east-1_A",
		}},
		"another partition is none of the pool's": {"us-gov-west-1_A", "us-east-1", []string{"https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_A", "https://issuer-cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_A"}},
		"two ends": {"eusc-de-east-1_A", "", []string{
			"https://cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_A", "https://issuer-cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_A",
			"https://cognito-idp.eusc-de-east-1.amazonaws.com/eusc-de-east-1_A", "https://issuer-cognito-idp.eusc-de-east-1.amazonaws.com/eusc-de-east-1_A",
		}},
		"no pool": {"AbC", "us-east-1", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Issuers(test.pool, test.second)
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q", got)
			}
			for _, issuer := range got {
				if i, ok := ParseIssuer(issuer); !ok || i.Pool != test.pool {
					t.Errorf("%s is read as %+v, %v", issuer, i, ok)
				}
			}
		})
	}
}

func TestIssuersAreReadToTheLetter(t *testing.T) {
	const pool = "/us-west-2_example"
	for issuer, fine := range map[string]bool{
		"https://cognito-idp.us-west-2.amazonaws.com" + pool: true, "https://issuer-cognito-idp.us-west-2.amazonaws.com" + pool: true,
		"https://cognito-idp-fips.us-gov-west-1.amazonaws.com/us-gov-west-1_A": true, "https://cognito-idp.us-iso-east-1.c2s.ic.gov/us-iso-east-1_A": true,
		"https://cognito-idp.us-east-1.amazonaws.com" + pool:          true, // a replica
		"https://cognito-idp.us-gov-west-1.amazonaws.com" + pool:      false,
		"https://cognito-idp.us-west-2.amazonaws.com.cn" + pool:       false,
		"https://cognito-idp.us-west-2.amazonaws.com" + pool + "/":    false,
		"https://cognito-idp.us-west-2.amazonaws.com" + pool + "?x":   false,
		"https://cognito-idp.us-west-2.amazonaws.com" + pool + "\n":   false,
		"https://cognito-idp.us-west-2.amazonaws.com":                 false,
		"https://cognito-idp.us-west-2.amazonaws.com.evil" + pool:     false,
		"https://cognito-idp.us-west-2.amazonaws.com@evil" + pool:     false,
		"https://cognito-idp.us-west-2.amazonaws.com:443" + pool:      false,
		"https://x.cognito-idp.us-west-2.amazonaws.com" + pool:        false,
		"https://COGNITO-IDP.us-west-2.amazonaws.com" + pool:          false,
		"http://cognito-idp.us-west-2.amazonaws.com" + pool:           false,
		"https://cognito-idpxus-west-2xamazonaws.com" + pool:          false,
		"https://evil.example" + pool:                                 false,
		"https://cognito-idp.eusc-de-east-1.amazonaws.eu.evil/eusc_A": false,
		"https://cognito-idp.us-west-2.amazonaws.eu" + pool:           false,
		"": false,
	} {
		if _, ok := ParseIssuer(issuer); ok != fine {
			t.Errorf("%q: got %v", issuer, ok)
		}
	}
	for host, is := range map[string]bool{
		"cognito-idp.eu-west-1.amazonaws.com": true, "Issuer-Cognito-IDP.eu-west-1.amazonaws.com": true,
		"my.auth.cognito-idp.eusc-de-east-1.on.amazonwebservices.eu": false, "auth.example.com": false,
	} {
		if IsIssuerHost(host) != is {
			t.Errorf("%s: got %v", host, !is)
		}
	}
}

func TestConsoles(t *testing.T) {
	for region, want := range map[string]string{
		"eu-west-1": "https://eu-west-1.console.aws.amazon.com/cognito", "us-gov-west-1": "https://us-gov-west-1.console.amazonaws-us-gov.com/cognito",
		"eusc-de-east-1": "https://eusc-de-east-1.console.amazonaws-eusc.eu/cognito", "us-iso-east-1": "", "": "",
	} {
		if got := Console(region); got != want {
			t.Errorf("%q: got %q", region, got)
		}
	}
}

// FuzzHosts asks that whatever is read as Cognito's is on a host of AWS.
func FuzzHosts(f *testing.F) {
	for _, s := range []string{"https://cognito-idp.us-west-2.amazonaws.com/us-west-2_a", "my.auth.us-west-2.amazoncognito.com", "eusc-de-east-1_A", "https://", "..", "-_-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if region := DomainRegion(s); region != "" && !IsRegion(region) {
			t.Errorf("%q is in %q", s, region)
		}
		i, ok := ParseIssuer(s)
		if plain := strings.Replace(s, "//cognito-idp-fips.", "//cognito-idp.", 1); ok && !slices.Contains(Issuers(i.Pool, i.Region), plain) {
			t.Errorf("%q is read as %+v", s, i)
		}
	})
}
