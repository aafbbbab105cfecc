package localpool

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// base64URL are the signs of base64url; a verifier may have two more. No
// pattern is compiled for them: every start of the program would pay for it.
const base64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// serveToken is POST /oauth2/token.
func (p *Pool) serveToken(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	form, ok := p.clientForm(w, r, http.StatusBadRequest)
	if !ok {
		return
	}
	grant := form.Get("grant_type")
	switch grant {
	case "authorization_code":
		p.faults.count(Token + " " + grant)
		p.redeemCode(w, form)
	case "refresh_token":
		p.faults.count(Token + " " + grant)
		p.refresh(w, form)
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
func (p *Pool) redeemCode(w http.ResponseWriter, form url.Values) {
	if form.Get("code") == "" || form.Get("redirect_uri") == "" {
		refuse(w, http.StatusBadRequest, "invalid_request", "")
		return
	}
	now := p.now()
	c, ok := p.codes.take(now, form.Get("code"))
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
	g, refresh := p.grants.open(now, c)
	p.answer(w, g, c.nonce, refresh)
}

// proves is S256 of RFC 7636 section 4.6.
func proves(verifier, challenge string) bool {
	if challenge == "" {
		return verifier == ""
	}
	sum := sha256.Sum256([]byte(verifier))
	want := base64.RawURLEncoding.EncodeToString(sum[:])
	formed := len(verifier) >= 43 && len(verifier) <= 128 && strings.Trim(verifier, base64URL+".~") == ""
	return formed && subtle.ConstantTimeCompare([]byte(want), []byte(challenge)) == 1
}

func (p *Pool) refresh(w http.ResponseWriter, form url.Values) {
	if form.Get("refresh_token") == "" {
		refuse(w, http.StatusBadRequest, "invalid_request", "")
		return
	}
	g, next, ok := p.grants.refresh(p.now(), form.Get("refresh_token"))
	if !ok {
		refuse(w, http.StatusBadRequest, "invalid_grant", "")
		return
	}
	p.answer(w, g, "", next)
}

func (p *Pool) answer(w http.ResponseWriter, g grant, nonce, refresh string) {
	id, access, err := p.mint(g, nonce)
	if err != nil {
		refuse(w, http.StatusBadRequest, "invalid_grant", "")
		return
	}
	fields := JSON{"access_token": access, "token_type": "Bearer", "expires_in": int(p.o.AccessTTL.Seconds())}
	if id != "" {
		fields["id_token"] = id
	}
	if refresh != "" {
		fields["refresh_token"] = refresh
	}
	writeJSON(w, http.StatusOK, fields)
}

// clientForm reads a form post and checks that the client is ours. One that
// is not gets the status stranger: AWS documents 400 for the token endpoint
// and 401 for the one that revokes.
//
//	pool's client | request                   | verdict
//	--------------|---------------------------|---------------
//	public        | client_id in the body     | in
//	public        | Basic header              | invalid_client
//	with a secret | Basic header, both right  | in
//	with a secret | both in the body, right   | in
//	any           | anything else             | invalid_client
func (p *Pool) clientForm(w http.ResponseWriter, r *http.Request, stranger int) (url.Values, bool) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		w.WriteHeader(http.StatusMethodNotAllowed)
		return nil, false
	}
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	contentType, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	if err := r.ParseForm(); err != nil || strings.TrimSpace(contentType) != "application/x-www-form-urlencoded" {
		refuse(w, http.StatusBadRequest, "invalid_request", "")
		return nil, false
	}
	form := r.PostForm
	id, clientSecret, basic := r.BasicAuth()
	if basic {
		id, clientSecret = unescape(id), unescape(clientSecret)
	} else {
		id, clientSecret = form.Get("client_id"), form.Get("client_secret")
	}
	if id != p.o.ClientID || !p.o.ClientSecret.Equal(clientSecret) || basic && p.o.ClientSecret.Empty() {
		refuse(w, stranger, "invalid_client", "")
		return nil, false
	}
	return form, true
}

// unescape undoes the form encoding of RFC 6749 section 2.3.1.
func unescape(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

// refuse answers with an OAuth error. The description is "" for none.
func refuse(w http.ResponseWriter, status int, code, description string) {
	fields := JSON{"error": code}
	if description != "" {
		fields["error_description"] = description
	}
	writeJSON(w, status, fields)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-cache, no-store")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}
