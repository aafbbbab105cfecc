package localpool

import "net/http"

// logout ends the sign-in of a browser and sends it on.
type logout struct {
	client   client
	sessions *browserSessions
	pages    pageWriter
}

// serve is GET /logout: it ends the browser's sign-in and goes on to a registered address:
// logout_uri, or else the login page for redirect_uri and response_type.
func (o logout) serve(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	logout, redirect := q.Get("logout_uri"), q.Get("redirect_uri")
	switch {
	case q.Get("client_id") != o.client.id:
		toError(w, r, "invalid_client")
	case logout != "" && !o.client.mayLogOutTo(logout), logout == "" && redirect != "" && !o.client.mayReturnTo(redirect):
		toError(w, r, "redirect_mismatch")
	case logout == "" && redirect == "":
		o.pages.failure(w, r, http.StatusBadRequest, "Required String parameter 'redirect_uri' is not present",
			"Signing out needs logout_uri, or redirect_uri with response_type.")
	case logout == "" && q.Get("response_type") == "":
		o.pages.failure(w, r, http.StatusBadRequest, "Required String parameter 'response_type' is not present",
			"Signing out to redirect_uri needs response_type=code.")
	default:
		o.sessions.end(w, r)
		target := logout
		if target == "" {
			target = "/login?" + q.Encode()
		}
		http.Redirect(w, r, target, http.StatusFound)
	}
}
