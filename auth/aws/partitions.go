// Package aws knows how the partitions of AWS name their regions, and the
// hosts of Cognito in them. It is the one place where that stands. It asks
// nobody, and imports the standard library alone.
package aws

import "strings"

// partition is a part of AWS with host names of its own.
type partition struct {
	name string
	// regions are how the names of its regions begin. A region is a few words
	// and a number, joined by hyphens.
	regions []string
	// services are the ends of its service hosts (cognito-idp.REGION.…), the
	// usual one first. All of them belong to AWS.
	services []string
	// domains are the forms of a prefix domain behind its prefix, the usual
	// one first; none where none is published.
	domains []string
	// console is the address of its web console, "" where it is not public.
	console string
}

// partitions are looked through in order: those whose regions begin like
// another's stand before it. Where the names come from:
//
//   - aws, aws-us-gov: AWS's developer guide (assign-domain-prefix: the parent
//     domains auth.REGION and auth-fips.REGION of amazoncognito.com) and "Amazon
//     Cognito in AWS GovCloud (US)", which has auth-fips hosts alone.
//   - The ends of service hosts: partitions.json of AWS's SDKs.
//   - aws-cn: the form that public templates write. AWS's own pages show none,
//     so the commercial form is accepted as well.
//   - aws-eusc: the domain is in the Public Suffix List since January 2026. The
//     issuer's host is not published; AWS's aws-jwt-verify 5.2 builds it with
//     amazonaws.com, the partition's services are below amazonaws.eu, so both
//     are accepted.
//   - aws-iso…: nothing is published. A full address and the usual form of an
//     issuer are accepted; a bare prefix cannot be made into an address.
var partitions = []partition{
	{
		name: "aws-cn", regions: []string{"cn-"}, services: []string{"amazonaws.com.cn"},
		domains: []string{"auth.REGION.amazoncognito.com.cn", "auth.REGION.amazoncognito.com"},
		console: "https://REGION.console.amazonaws.cn/cognito",
	},
	{
		name: "aws-us-gov", regions: []string{"us-gov-"}, services: []string{"amazonaws.com"},
		domains: []string{"auth-fips.REGION.amazoncognito.com", "auth.REGION.amazoncognito.com"},
		console: "https://REGION.console.amazonaws-us-gov.com/cognito",
	},
	{
		name: "aws-eusc", regions: []string{"eusc-"}, services: []string{"amazonaws.eu", "amazonaws.com"},
		domains: []string{"auth.cognito-idp.REGION.on.amazonwebservices.eu"},
		console: "https://REGION.console.amazonaws-eusc.eu/cognito",
	},
	{name: "aws-iso", regions: []string{"us-iso-"}, services: []string{"c2s.ic.gov"}},
	{name: "aws-iso-b", regions: []string{"us-isob-"}, services: []string{"sc2s.sgov.gov"}},
	{name: "aws-iso-e", regions: []string{"eu-isoe-"}, services: []string{"cloud.adc-e.uk"}},
	{name: "aws-iso-f", regions: []string{"us-isof-"}, services: []string{"csp.hci.ic.gov"}},
	{
		// Every other name: regions are added each year.
		name: "aws", regions: []string{""}, services: []string{"amazonaws.com"},
		domains: []string{"auth.REGION.amazoncognito.com", "auth-fips.REGION.amazoncognito.com"},
		console: "https://REGION.console.aws.amazon.com/cognito",
	},
}

// of is the partition of a region, nil for what is no region's name.
func of(region string) *partition {
	if !isRegion(region) {
		return nil
	}
	for i, p := range partitions {
		for _, begin := range p.regions {
			if strings.HasPrefix(region, begin) {
				return &partitions[i]
			}
		}
	}
	return nil
}

// isRegion reports whether a text has the form of a region's name: a word of 2
// to 4 small letters, one to three more words, and a number of at most two
// digits.
func isRegion(text string) bool {
	words := strings.Split(text, "-")
	last := len(words) - 1
	if last < 2 || last > 4 || len(words[0]) < 2 || len(words[0]) > 4 {
		return false
	}
	for _, word := range words[:last] {
		if !made(word, 20, letter) {
			return false
		}
	}
	return made(words[last], 2, digit)
}

// made reports whether a text is one to most signs that are all of a kind.
func made(text string, most int, kind func(rune) bool) bool {
	return text != "" && len(text) <= most && strings.IndexFunc(text, func(r rune) bool { return !kind(r) }) < 0
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' }
func digit(r rune) bool  { return r >= '0' && r <= '9' }

func alphanumeric(r rune) bool { return letter(r) || digit(r) || r >= 'A' && r <= 'Z' }
