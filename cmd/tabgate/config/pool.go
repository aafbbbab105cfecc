package config

import (
	"net/url"
	"strings"

	"github.com/authtabs/tabgate/auth/aws"
	"github.com/authtabs/tabgate/auth/loopback"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/secret"
)

const sample = "https://example.auth.eu-west-1.amazoncognito.com"

// pool checks domain, client and secret. Neither domain nor client is no user
// pool at all; one without the other is a mistake.
func pool(c *Config, v values) error {
	domain, client := v["COGNITO_DOMAIN"], v["CLIENT_ID"]
	c.Region = v["AWS_REGION"].text
	c.ClientSecret = secret.New(v["CLIENT_SECRET"].text)
	switch {
	case domain.text == "" && client.text == "":
		return nil
	case domain.text == "":
		return wrong(client.origin, "CLIENT_ID", "is set but COGNITO_DOMAIN is not: set the user pool's domain, such as "+sample)
	case client.text == "":
		return wrong(domain.origin, "COGNITO_DOMAIN", "is set but CLIENT_ID is not: set the app client's id")
	case !visible(client.text):
		return wrong(client.origin, "CLIENT_ID", "holds characters that no app client's id has: copy it again")
	}
	c.ClientID = client.text
	var err error
	c.Domain, err = parseDomain(domain, c.Region)
	return err
}

// visible says that text is 1 to 256 signs of ASCII without a space. It is
// read by hand, as prefix is: compiling a pattern that counts takes longer
// than the rest of the configuration, and every start would pay for it.
func visible(text string) bool {
	return len(text) > 0 && len(text) <= 256 && strings.IndexFunc(text, func(r rune) bool { return r < '!' || r > '~' }) < 0
}

// prefix says that text can be the prefix of a domain: 1 to 63 small letters,
// digits and, inside, hyphens.
func prefix(text string) bool {
	inside := func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' }
	return len(text) > 0 && len(text) <= 63 && strings.Trim(text, "-") == text &&
		strings.IndexFunc(text, func(r rune) bool { return !inside(r) }) < 0
}

// parseDomain accepts a full address, or a bare prefix where a region is set.
func parseDomain(f found, where string) (*url.URL, error) {
	text := strings.TrimRight(f.text, "/")
	if prefix(text) && text != "localhost" {
		host := aws.PrefixDomain(text, where)
		switch {
		case host == "" && aws.IsRegion(where):
			return nil, wrong(f.origin, "COGNITO_DOMAIN", "%q is a bare prefix, and how domains are named in %s is not published: give the full address", text, where)
		case host == "":
			return nil, wrong(f.origin, "COGNITO_DOMAIN", "%q is a bare prefix: set AWS_REGION as well (such as eu-west-1), or give the full address", text)
		}
		text = "https://" + host
	}
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return nil, wrong(f.origin, "COGNITO_DOMAIN", "has no scheme: write %s", withScheme(text))
	}
	u, err := url.Parse(text)
	switch {
	case err != nil, u.Scheme != "https" && u.Scheme != "http", u.Hostname() == "":
		return nil, wrong(f.origin, "COGNITO_DOMAIN", "must be an https address, such as "+sample)
	case strings.IndexFunc(u.Host, func(r rune) bool { return r <= ' ' || r > '~' }) >= 0 || len(u.Host) > 260:
		return nil, wrong(f.origin, "COGNITO_DOMAIN", "has a host that is no domain name: letters of other scripts are written as xn--…")
	case u.Scheme == "http" && !neterr.Loopback(u.Hostname()):
		return nil, wrong(f.origin, "COGNITO_DOMAIN", "http is for loopback addresses only: write https://%s", strings.TrimPrefix(rest, "//"))
	case aws.IsIssuerHost(u.Hostname()):
		return nil, wrong(f.origin, "COGNITO_DOMAIN", "is the issuer's address: give the user pool's domain, such as %s, and this one as COGNITO_ISSUER", sample)
	case strings.ContainsAny(rest, "/?#@"):
		return nil, wrong(f.origin, "COGNITO_DOMAIN", "must be scheme and host alone: %s://%s", scheme, u.Host)
	}
	return u, nil
}

// withScheme guesses what was meant by an address that lacks its scheme.
func withScheme(text string) string {
	text = strings.TrimLeft(text, "/:")
	if u, err := url.Parse("http://" + text); err == nil && neterr.Loopback(u.Hostname()) {
		return "http://" + text
	}
	return "https://" + text
}

// redirects checks where answers come back to. What can be listened on is the
// listener's to say.
func redirects(c *Config, v values) error {
	f := v["APP_URI"]
	for text := range strings.SplitSeq(f.text, ",") {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		if err := loopback.CheckRedirect(text); err != nil {
			return wrong(f.origin, "APP_URI", "%q cannot be the redirect address: %v", text, err)
		}
		c.RedirectURIs = append(c.RedirectURIs, text)
	}
	if len(c.RedirectURIs) == 0 {
		return wrong(f.origin, "APP_URI", "names no address: write http://localhost:8501/")
	}
	out := v["LOGOUT_URI"]
	c.LogoutURI = c.RedirectURIs[0]
	if out.text != "" {
		if u, err := url.Parse(out.text); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.Contains(out.text, "#") {
			return wrong(out.origin, "LOGOUT_URI", "must be an http or https address without #, exactly as registered with the app client")
		}
		c.LogoutURI = out.text
	}
	return nil
}
