package localpool

import "net/http"

// The endpoints that Hooks.Wrap gets, as their paths on the domain. The last
// two stand for the issuer's documents.
const (
	Authorize = "/oauth2/authorize"
	Token     = "/oauth2/token"
	UserInfo  = "/oauth2/userInfo"
	Revoke    = "/oauth2/revoke"
	Discovery = "/.well-known/openid-configuration"
	JWKS      = "/.well-known/jwks.json"
)

// Endpoints are all of them.
var Endpoints = []string{Authorize, Token, UserInfo, Revoke, Discovery, JWKS}

// Hooks let tests change what a pool does: see package faults.
type Hooks interface {
	// Wrap stands before an endpoint.
	Wrap(endpoint string, next http.HandlerFunc) http.HandlerFunc
	// TokenRequest is called for each good token request, with its grant_type.
	TokenRequest(grantType string)
	// Sign makes the token of the use ("id" or "access"). With ok false the
	// pool signs it.
	Sign(use string, claims JSON, keys *Keys) (token string, ok bool, err error)
}

// noHooks leave a pool as it is.
type noHooks struct{}

func (noHooks) Wrap(_ string, next http.HandlerFunc) http.HandlerFunc { return next }
func (noHooks) TokenRequest(string)                                   {}
func (noHooks) Sign(string, JSON, *Keys) (string, bool, error)        { return "", false, nil }
