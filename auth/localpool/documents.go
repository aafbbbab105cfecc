package localpool

import (
	"net/http"
	"slices"
	"strings"
)

// serveDiscovery is GET /.well-known/openid-configuration.
func (i issuer) serveDiscovery(w http.ResponseWriter, _ *http.Request) {
	// code_challenge_methods_supported is left out, as Cognito leaves it out.
	writeJSON(w, http.StatusOK, JSON{
		"authorization_endpoint":                i.domain + Authorize,
		"end_session_endpoint":                  i.domain + "/logout",
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"issuer":                                i.url,
		"jwks_uri":                              i.url + JWKS,
		"response_types_supported":              []string{"code", "token"},
		"revocation_endpoint":                   i.domain + Revoke,
		"scopes_supported":                      []string{"openid", "email", "phone", "profile"},
		"subject_types_supported":               []string{"public"},
		"token_endpoint":                        i.domain + Token,
		"token_endpoint_auth_methods_supported": []string{"client_secret_basic", "client_secret_post"},
		"userinfo_endpoint":                     i.domain + UserInfo,
	})
}

// serveJWKS is GET /.well-known/jwks.json.
func (i issuer) serveJWKS(w http.ResponseWriter, _ *http.Request) {
	set, err := i.signer.keys.public()
	if err != nil {
		http.Error(w, "The pool could not make its keys.", http.StatusInternalServerError)
		return
	}
	writeJSON(w, http.StatusOK, set)
}

// serveUserInfo is GET /oauth2/userInfo. Groups are never in it.
func (i issuer) serveUserInfo(w http.ResponseWriter, r *http.Request) {
	fail := func(status int, code, description string) {
		w.Header().Set("WWW-Authenticate", `error="`+code+`", error_description="`+description+`"`)
		w.WriteHeader(status)
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		fail(http.StatusBadRequest, "invalid_request", "Bad OAuth2 request at UserInfo Endpoint")
		return
	}
	u, scopes, err := i.opens(token)
	if err != nil || !slices.Contains(scopes, "openid") {
		fail(http.StatusUnauthorized, "invalid_token", "Access token is expired, disabled, or deleted, or the user has globally signed out.")
		return
	}
	fields := JSON{"sub": u.sub, "username": u.email}
	if showsEmail(scopes) {
		fields["email"], fields["email_verified"] = u.email, "true"
	}
	writeJSON(w, http.StatusOK, fields)
}
