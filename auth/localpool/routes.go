package localpool

import "net/http"

// endpoints are all handlers of the domain.
type endpoints struct {
	authorization authorization
	token         tokenEndpoint
	issuer        issuer
	logout        logout
	login         loginPages
	account       accountPages
	admin         adminPages
	api           adminAPI
}

// routes is everything that the domain answers. path is the issuer's on it.
func (e endpoints) routes(path string, hooks Hooks) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc(Authorize, hooks.Wrap(Authorize, e.authorization.serve))
	mux.HandleFunc(Token, hooks.Wrap(Token, e.token.serve))
	mux.HandleFunc(Revoke, hooks.Wrap(Revoke, e.token.serveRevoke))
	mux.HandleFunc(UserInfo, hooks.Wrap(UserInfo, e.issuer.serveUserInfo))
	mux.HandleFunc(path+Discovery, hooks.Wrap(Discovery, e.issuer.serveDiscovery))
	mux.HandleFunc(path+JWKS, hooks.Wrap(JWKS, e.issuer.serveJWKS))
	mux.HandleFunc("GET /logout", e.logout.serve)

	pages, show, guard := e.login.pages, e.account.show, e.account.guard
	mux.HandleFunc("GET /error", pages.serveError)
	mux.HandleFunc("GET /signedOut", pages.serveSignedOut)
	mux.HandleFunc("GET /{$}", pages.serveHome)
	mux.HandleFunc("/", pages.serveNotFound)
	mux.HandleFunc("GET /login", e.login.show)
	mux.HandleFunc("POST /login", guard(e.login.post))
	mux.HandleFunc("GET /signup", show(e.account.signupPage))
	mux.HandleFunc("POST /signup", guard(e.account.postSignup))
	mux.HandleFunc("GET /confirm", show(e.account.confirmPage))
	mux.HandleFunc("POST /confirm", guard(e.account.postConfirm))
	if !pages.noReset {
		mux.HandleFunc("GET /forgotPassword", show(e.account.forgotPage))
		mux.HandleFunc("POST /forgotPassword", guard(e.account.postForgot))
		mux.HandleFunc("GET /confirmForgotPassword", e.account.showReset)
		mux.HandleFunc("POST /confirmForgotPassword", guard(e.account.postReset))
	}
	mux.HandleFunc("GET /admin", e.admin.open)
	mux.HandleFunc("GET /admin/{session}", e.admin.show)
	mux.HandleFunc("POST /admin/{session}", e.admin.post)
	mux.HandleFunc("GET /admin/api/users", e.api.only(e.api.users))
	mux.HandleFunc("POST /admin/api/groups", e.api.only(e.api.changeGroup))
	return mux
}
