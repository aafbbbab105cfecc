package token

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/aws"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/token/strict"
)

var guardedDiscovery = strict.NewGuard("issuer", "jwks_uri", "authorization_endpoint", "token_endpoint",
	"userinfo_endpoint", "end_session_endpoint", "revocation_endpoint", "code_challenge_methods_supported")

// Discovery is what an issuer says of itself (OpenID Connect Discovery 1.0
// section 3), as far as we look at it.
type Discovery struct {
	Issuer        string
	JWKS          string
	Authorization string // this and the following: "" where it names none
	Token         string
	UserInfo      string
	Revocation    string
	EndSession    string
	NoDomain      bool // the pool has no domain: its endpoints are placeholders
}

// Discover fetches and checks the discovery document: it must name exactly
// issuer, its keys must be on https (and for an AWS issuer on the issuer's own
// host), and it may not offer plain PKCE alone. Cognito leaves
// code_challenge_methods_supported out although S256 works, so its absence
// says nothing. Unknown members are skipped: AWS adds some without notice.
func Discover(ctx context.Context, hc *http.Client, issuer string) (Discovery, error) {
	if err := CheckIssuer(issuer); err != nil {
		return Discovery{}, err
	}
	body, failed := fetch(ctx, hc, strings.TrimSuffix(issuer, "/")+"/.well-known/openid-configuration", "discovery")
	if failed != nil {
		return Discovery{}, failed
	}
	obj, err := guardedDiscovery.Parse(body)
	if err != nil {
		return Discovery{}, refuse(Malformed, "discovery", "%v", err)
	}
	text := func(name string) string { s, _ := strict.Text(obj[name]); return s }
	d := Discovery{
		Issuer: text("issuer"), JWKS: text("jwks_uri"), Authorization: text("authorization_endpoint"), Token: text("token_endpoint"),
		UserInfo: text("userinfo_endpoint"), Revocation: text("revocation_endpoint"), EndSession: text("end_session_endpoint"),
	}
	_, cognito := aws.ParseIssuer(issuer)
	d.NoDomain = cognito && strings.HasPrefix(d.Authorization, issuer+"/")
	if failed := d.check(issuer, obj); failed != nil {
		return Discovery{}, failed
	}
	return d, nil
}

func (d Discovery) check(issuer string, obj strict.Object) *Error {
	if d.Issuer != issuer {
		return refuse(WrongIssuer, "discovery", "it names the issuer %q, not %q; set COGNITO_ISSUER to the pool's own",
			session.Clean(d.Issuer, 120), session.Clean(issuer, 120))
	}
	jwks, err := url.Parse(d.JWKS)
	if err == nil {
		err = secure(jwks, issuer)
	}
	if err != nil {
		return refuse(WeakProvider, "discovery", "the address of its keys cannot be used: %v", err)
	}
	base, _ := url.Parse(issuer)
	if _, cognito := aws.ParseIssuer(issuer); cognito && jwks.Host != base.Host {
		return refuse(WrongIssuer, "discovery", "its keys are on another host, %s", session.Clean(jwks.Host, 80))
	}
	const methods = "code_challenge_methods_supported"
	if !obj.Null(methods) {
		list, err := strict.Texts(obj[methods], 16)
		if err != nil || !slices.Contains(list, "S256") {
			return refuse(WeakProvider, "discovery", "the provider does not offer PKCE with S256; plain protects nothing")
		}
	}
	return nil
}
