package localpool

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/fault"
)

// routes is everything that the domain answers.
func (p *Pool) routes() http.Handler {
	mux := http.NewServeMux()
	oauth := map[string]http.HandlerFunc{
		Authorize: p.serveAuthorize, Token: p.serveToken, UserInfo: p.serveUserInfo, Revoke: p.serveRevoke,
	}
	for path, serve := range oauth {
		mux.HandleFunc(path, p.misbehave(path, serve))
	}
	mux.HandleFunc("/"+p.id+Discovery, p.misbehave(Discovery, p.serveDiscovery))
	mux.HandleFunc("/"+p.id+JWKS, p.misbehave(JWKS, p.serveJWKS))
	mux.HandleFunc("GET /logout", p.serveLogout)
	mux.HandleFunc("GET /error", p.serveError)
	mux.HandleFunc("GET /signedOut", p.serveSignedOut)
	mux.HandleFunc("GET /{$}", p.serveHome)
	mux.HandleFunc("GET /login", p.showLogin)
	mux.HandleFunc("POST /login", p.form(p.postLogin))
	mux.HandleFunc("GET /signup", p.showSignup)
	mux.HandleFunc("POST /signup", p.form(p.postSignup))
	mux.HandleFunc("GET /confirm", p.showConfirm)
	mux.HandleFunc("POST /confirm", p.form(p.postConfirm))
	if !p.o.NoReset {
		mux.HandleFunc("GET /forgotPassword", p.showForgot)
		mux.HandleFunc("POST /forgotPassword", p.form(p.postForgot))
		mux.HandleFunc("GET /confirmForgotPassword", p.showReset)
		mux.HandleFunc("POST /confirmForgotPassword", p.form(p.postReset))
	}
	mux.HandleFunc("GET /admin", p.openAdmin)
	mux.HandleFunc("GET /admin/{room}", p.showAdmin)
	mux.HandleFunc("POST /admin/{room}", p.postAdmin)
	mux.HandleFunc("GET /admin/api/users", p.apiOnly(p.apiUsers))
	mux.HandleFunc("POST /admin/api/groups", p.apiOnly(p.apiGroups))
	mux.HandleFunc("/", p.serveNotFound)
	return mux
}

// ServeHTTP answers only to the pool's own address as the Host: another name
// that points here is somebody's DNS rebinding.
func (p *Pool) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Amz-Cognito-Request-Id", uuid())
	port := p.host[strings.LastIndex(p.host, ":"):]
	if r.Host != p.host && r.Host != "localhost"+port {
		http.Error(w, "This pool is at "+p.Domain()+" and answers to no other name.", http.StatusMisdirectedRequest)
		return
	}
	p.first.Do(func() { p.keys.warm(); fault.Go(p.directory.warm) })
	p.handler.ServeHTTP(w, r)
}

func (p *Pool) serveDiscovery(w http.ResponseWriter, _ *http.Request) {
	// code_challenge_methods_supported is left out, as Cognito leaves it out.
	writeJSON(w, http.StatusOK, JSON{
		"authorization_endpoint":                p.Domain() + Authorize,
		"end_session_endpoint":                  p.Domain() + "/logout",
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"issuer":                                p.Issuer(),
		"jwks_uri":                              p.Issuer() + JWKS,
		"response_types_supported":              []string{"code", "token"},
		"revocation_endpoint":                   p.Domain() + Revoke,
		"scopes_supported":                      []string{"openid", "email", "phone", "profile"},
		"subject_types_supported":               []string{"public"},
		"token_endpoint":                        p.Domain() + Token,
		"token_endpoint_auth_methods_supported": []string{"client_secret_basic", "client_secret_post"},
		"userinfo_endpoint":                     p.Domain() + UserInfo,
	})
}

func (p *Pool) serveJWKS(w http.ResponseWriter, _ *http.Request) {
	set, err := p.keys.public()
	if err != nil {
		http.Error(w, "The pool could not make its keys.", http.StatusInternalServerError)
		return
	}
	writeJSON(w, http.StatusOK, set)
}

// serveUserInfo is GET /oauth2/userInfo. Groups are never in it.
func (p *Pool) serveUserInfo(w http.ResponseWriter, r *http.Request) {
	fail := func(status int, code, description string) {
		w.Header().Set("WWW-Authenticate", `error="`+code+`", error_description="`+description+`"`)
		w.WriteHeader(status)
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		fail(http.StatusBadRequest, "invalid_request", "Bad OAuth2 request at UserInfo Endpoint")
		return
	}
	u, scopes, err := p.opens(token)
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

// serveRevoke is POST /oauth2/revoke: 200 with an empty body, for a token
// that is revoked already too.
func (p *Pool) serveRevoke(w http.ResponseWriter, r *http.Request) {
	form, ok := p.clientForm(w, r, http.StatusUnauthorized)
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
	p.grants.revoke(token)
	w.WriteHeader(http.StatusOK)
}

// serveLogout ends the browser's sign-in and goes on to a registered address:
// logout_uri, or else the login page for redirect_uri and response_type.
func (p *Pool) serveLogout(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	logout, redirect := q.Get("logout_uri"), q.Get("redirect_uri")
	switch {
	case q.Get("client_id") != p.o.ClientID:
		p.toError(w, r, "invalid_client")
	case logout != "" && !p.mayLogOutTo(logout), logout == "" && redirect != "" && !p.mayReturnTo(redirect):
		p.toError(w, r, "redirect_mismatch")
	case logout == "" && redirect == "":
		p.showFailure(w, r, http.StatusBadRequest, "Required String parameter 'redirect_uri' is not present",
			"Signing out needs logout_uri, or redirect_uri with response_type.")
	case logout == "" && q.Get("response_type") == "":
		p.showFailure(w, r, http.StatusBadRequest, "Required String parameter 'response_type' is not present",
			"Signing out to redirect_uri needs response_type=code.")
	default:
		p.endVisit(w, r)
		target := logout
		if target == "" {
			target = "/login?" + q.Encode()
		}
		http.Redirect(w, r, target, http.StatusFound)
	}
}

func (p *Pool) endVisit(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie(p.cookie("pool")); err == nil {
		p.visits.drop(c.Value)
	}
	http.SetCookie(w, &http.Cookie{Name: p.cookie("pool"), Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// Registered addresses are compared byte by byte, as Cognito does.
func (p *Pool) mayReturnTo(u string) bool { return slices.Contains(p.o.RedirectURIs, u) }

func (p *Pool) mayLogOutTo(u string) bool {
	return slices.Contains(p.o.LogoutURIs, u) || u == p.SignedOutURI() || p.mayReturnTo(u)
}

func (p *Pool) toError(w http.ResponseWriter, r *http.Request, code string) {
	// In Cognito's order, which url.Values would not keep.
	q := "error=" + url.QueryEscape(code) + "&client_id=" + url.QueryEscape(r.URL.Query().Get("client_id"))
	http.Redirect(w, r, "/error?"+q, http.StatusFound)
}
