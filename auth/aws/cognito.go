package aws

import (
	"slices"
	"strings"
)

// IsRegion reports whether text is a region's name, of any partition.
func IsRegion(text string) bool { return of(text) != nil }

// SamePartition reports whether two regions are in one partition. What is no
// region is in none.
func SamePartition(a, b string) bool { return of(a) != nil && of(a) == of(b) }

// PrefixDomain is the host of the user pool domain with a prefix in a region,
// or "" where region is none or its partition's form is not known.
func PrefixDomain(prefix, region string) string {
	p := of(region)
	if p == nil || len(p.domains) == 0 {
		return ""
	}
	return prefix + "." + put(p.domains[0], region)
}

// DomainRegion is the region of a user pool domain that is a prefix domain,
// "" for any other host. Case does not matter.
func DomainRegion(host string) string {
	labels := strings.Split(strings.ToLower(host), ".")
	for _, label := range labels[min(len(labels), 2):] {
		p := of(label)
		if p == nil {
			continue
		}
		for _, form := range p.domains {
			if strings.Join(labels[1:], ".") == put(form, label) && labels[0] != "" {
				return label
			}
		}
	}
	return ""
}

// PoolRegion is the region that a user pool was made in, by its id
// (eu-west-1_AbCdEfGhI); "" for what is no pool's id.
func PoolRegion(id string) string {
	region, rest, _ := strings.Cut(id, "_")
	if !IsRegion(region) || !made(rest, 55, alphanumeric) {
		return ""
	}
	return region
}

// IsPoolID reports whether a text is a user pool's id, also one of the pools
// that emulators of Cognito make up (local_AbCd).
func IsPoolID(id string) bool {
	rest, local := strings.CutPrefix(id, "local_")
	return PoolRegion(id) != "" || local && made(rest, 55, alphanumeric)
}

// Issuer is what the name of a Cognito issuer says.
type Issuer struct {
	Region string // of the host
	Pool   string // the user pool's id, whose region may be another
}

// issuerHosts are how the two forms of an issuer begin: the original one, and
// the "updated" one of 2026, which all regions of a replicated pool share.
var issuerHosts = []string{"cognito-idp", "issuer-cognito-idp"}

// Issuers are the issuers that tokens of a user pool may name: each form in
// the region of its id and, for a pool that is replicated, in a second one of
// the same partition. It returns none for what is no pool's id.
func Issuers(pool, second string) []string {
	region := PoolRegion(pool)
	if region == "" {
		return nil
	}
	regions := []string{region}
	if second != region && SamePartition(region, second) {
		regions = append(regions, second)
	}
	var list []string
	for _, region := range regions {
		for _, end := range of(region).services {
			for _, begin := range issuerHosts {
				list = append(list, "https://"+begin+"."+region+"."+end+"/"+pool)
			}
		}
	}
	return list
}

// ParseIssuer reads the name of a Cognito issuer, to the letter: https, a host
// of the partition of its region, and a pool of the same partition. ok is
// false for any other issuer.
func ParseIssuer(issuer string) (i Issuer, ok bool) {
	rest, https := strings.CutPrefix(issuer, "https://")
	host, pool, _ := strings.Cut(rest, "/")
	region := issuerRegion(host)
	if !https || region == "" || !SamePartition(region, PoolRegion(pool)) {
		return Issuer{}, false
	}
	return Issuer{Region: region, Pool: pool}, true
}

// IsIssuerHost reports whether a host is one where Cognito's issuers are, which
// people take for the user pool's domain.
func IsIssuerHost(host string) bool { return issuerRegion(strings.ToLower(host)) != "" }

// issuerRegion is the region of an issuer's host. A FIPS host is accepted too:
// GovCloud has no other for its API.
func issuerRegion(host string) string {
	begin, rest, _ := strings.Cut(host, ".")
	region, end, _ := strings.Cut(rest, ".")
	p := of(region)
	if p == nil || !slices.Contains(p.services, end) || !slices.Contains(issuerHosts, begin) && begin != "cognito-idp-fips" {
		return ""
	}
	return region
}

// Console is the address of the Cognito console for a region, "" where it is
// not known.
func Console(region string) string {
	p := of(region)
	if p == nil {
		return ""
	}
	return put(p.console, region)
}

func put(form, region string) string { return strings.Replace(form, "REGION", region, 1) }
