package localpool

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// tokenEndpoint trades codes and refresh tokens for tokens.
type tokenEndpoint struct {
	client client
	codes  *codes
	grants *grants
	issuer issuer
	hooks  Hooks
	now    func() time.Time
}

// serve is POST /oauth2/token.
func (t tokenEndpoint) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	form, ok := t.client.form(w, r, http.StatusBadRequest)
	if !ok {
		return
	}
	grant := form.Get("grant_type")
	switch grant {
	case "authorization_code":
		t.hooks.TokenRequest(grant)
		t.redeemCode(w, form)
	case "refresh_token":
		t.hooks.TokenRequest(grant)
		t.refresh(w, form)
	case "client_credentials":
		refuse(w, http.StatusBadRequest, "unauthorized_client", "")
	case "":
		refuse(w, http.StatusBadRequest, "invalid_request", "")
	default:
		refuse(w, http.StatusBadRequest, "unsupported_grant_type", "")
	}
}

// redeemCode trades a code for tokens. The code is used up whatever comes:
//
//	code, redirect or verifier  | answer
//	----------------------------|----------------------------------------
//	code or redirect missing    | invalid_request, and the code stays
//	code unknown, used, old     | invalid_grant
//	another redirect            | unauthorized_client, invalid_redirect
//	verifier missing or wrong   | invalid_grant
//	verifier without challenge  | invalid_grant (RFC 9700 section 2.1.1)
func (t tokenEndpoint) redeemCode(w http.ResponseWriter, form url.Values) {
	if form.Get("code") == "" || form.Get("redirect_uri") == "" {
		refuse(w, http.StatusBadRequest, "invalid_request", "")
		return
	}
	now := t.now()
	c, ok := t.codes.take(now, form.Get("code"))
	switch {
	case !ok:
		refuse(w, http.StatusBadRequest, "invalid_grant", "")
		return
	case c.redirect != form.Get("redirect_uri"):
		refuse(w, http.StatusBadRequest, "unauthorized_client", "invalid_redirect")
		return
	case !proves(form.Get("code_verifier"), c.challenge):
		refuse(w, http.StatusBadRequest, "invalid_grant", "")
		return
	}
	g, refresh := t.grants.open(now, c)
	t.answer(w, g, c.nonce, refresh)
}

func (t tokenEndpoint) refresh(w http.ResponseWriter, form url.Values) {
	if form.Get("refresh_token") == "" {
		refuse(w, http.StatusBadRequest, "invalid_request", "")
		return
	}
	g, next, ok := t.grants.refresh(t.now(), form.Get("refresh_token"))
	if !ok {
		refuse(w, http.StatusBadRequest, "invalid_grant", "")
		return
	}
	t.answer(w, g, "", next)
}

func (t tokenEndpoint) answer(w http.ResponseWriter, g grant, nonce, refresh string) {
	id, access, err := t.issuer.mint(g, nonce)
	if err != nil {
		refuse(w, http.StatusBadRequest, "invalid_grant", "")
		return
	}
	fields := JSON{"access_token": access, "token_type": "Bearer", "expires_in": int(t.issuer.ttl.Seconds())}
	if id != "" {
		fields["id_token"] = id
	}
	if refresh != "" {
		fields["refresh_token"] = refresh
	}
	writeJSON(w, http.StatusOK, fields)
}

// serveRevoke is POST /oauth2/revoke: 200 with an empty body, for a token
// that is revoked already too.
func (t tokenEndpoint) serveRevoke(w http.ResponseWriter, r *http.Request) {
	form, ok := t.client.form(w, r, http.StatusUnauthorized)
	if !ok {
		return
	}
	token := form.Get("token")
	switch strings.Count(token, ".") {
	case 2: // An ID or access token has three parts.
		refuse(w, http.StatusBadRequest, "unsupported_token_type", "")
		return
	case 0:
		if token == "" {
			refuse(w, http.StatusBadRequest, "invalid_request", "")
			return
		}
	}
	t.grants.revoke(token)
	w.WriteHeader(http.StatusOK)
}
