package cognito

import (
	"net/http"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/secret"
)

func exchange(c *Client, t *testing.T) error {
	_, err := c.Exchange(t.Context(), secret.New(code), callback, attempt(t))
	return err
}

func refresh(c *Client, t *testing.T) error {
	_, err := c.Refresh(t.Context(), secret.New(oldRefresh))
	return err
}

func TestAProvidersWordsComeFirst(t *testing.T) {
	fails := func(status int, code, description string) http.HandlerFunc {
		return says(status, `{"error":"`+code+`","error_description":"`+description+`"}`)
	}
	const trigger = `PreTokenGeneration failed with error Task timed out after 3.00 seconds`
	tests := map[string]struct {
		do     func(*Client, *testing.T) error
		answer http.HandlerFunc
		kind   Kind
		says   []string // in this order
		never  string
	}{
		"T-15 words, then what they may mean": {exchange, fails(400, "invalid_grant", "Invalid authorization code"), Refused,
			[]string{`the provider says "Invalid authorization code" (invalid_grant, HTTP 400, request req-1); `, "may have been used"}, "was used"},
		"T-15 a code alone asserts nothing": {exchange, fails(400, "invalid_grant", ""), Refused,
			[]string{"the provider says invalid_grant (HTTP 400, request req-1); ", "may have been used"}, "was used"},
		"T-15 a client that is refused": {exchange, fails(400, "invalid_client", "invalid_client_secret"), Misconfigured,
			[]string{`"invalid_client_secret"`, "may"}, "does not know"},
		"T-15 a trigger at a sign-in": {exchange, fails(400, "invalid_grant", trigger+`. \n`), Refused,
			[]string{`the provider says "` + trigger + `." (invalid_grant`, "PreTokenGeneration trigger", "try again"}, "five minutes"},
		"T-15 a trigger at a refresh": {refresh, fails(400, "invalid_grant", trigger), Failing,
			[]string{`the provider says "` + trigger + `"`, "stay signed in"}, "signed out"},
		"T-15 a trigger under another status": {refresh, fails(500, "server_error", trigger), Failing, []string{trigger, "stay signed in"}, ""},
		"T-15 a trigger that cannot be called": {refresh, fails(400, "invalid_grant", "PreTokenGeneration invocation failed due to error AccessDeniedException."), Failing,
			[]string{"AccessDeniedException", "stay signed in"}, ""},
		"T-15 words that only mention one": {refresh, fails(400, "invalid_grant", "Refresh token revoked; PreTokenGeneration failed with error x"), Refused,
			[]string{"Refresh token revoked", "sign in again"}, "stay signed in"},
		"T-15 a name that is no trigger": {refresh, fails(400, "invalid_grant", "Everything failed with error x"), Refused, []string{"Everything failed", "sign in again"}, ""},
		"T-8 a plain refusal ends the session": {refresh, fails(400, "invalid_grant", "Refresh Token has been revoked"), Refused,
			[]string{`the provider says "Refresh Token has been revoked"`, "sign in again"}, ""},
		"T-15 accounts that are being linked": {exchange, fails(400, "invalid_grant", "Already found an entry for username Google_117123456789012345678"), Refused,
			[]string{"Already found an entry for username [redacted]", "try once more"}, "five minutes"},
		"T-15 white space at the ends and within": {exchange, fails(400, "invalid_grant", `  \r\n\tone\n\n two\u2028 `), Refused, []string{`the provider says "one two" (`}, "\ufffd"},
		"T-15 nothing but white space":            {exchange, fails(400, "invalid_grant", ` \n `), Refused, []string{"the provider says invalid_grant (HTTP"}, `""`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDomain(t, test.answer)
			c, waits := d.client(t)
			err := test.do(c, t)
			e := asError(t, err)
			if e.Kind != test.kind || test.never != "" && strings.Contains(err.Error(), test.never) {
				t.Errorf("got %v: %v", e.Kind, err)
			}
			rest := err.Error()
			for _, part := range test.says {
				_, after, found := strings.Cut(rest, part)
				if !found {
					t.Errorf("%q is not in its place in %q", part, err)
				}
				rest = after
			}
			if len(d.requests()) != 1 || len(*waits) != 0 {
				t.Errorf("asked %d times, waited %v", len(d.requests()), *waits)
			}
		})
	}
}

func TestT15LinkedAccountsAreToldOnTheRedirectToo(t *testing.T) {
	c, _ := newDomain(t, says(200, `{}`)).client(t)
	for description, want := range map[string]string{
		"Already+found": "identity provider", "Already found an entry for username facebook_1": "try once more",
		"PostConfirmation failed with error x.": "PostConfirmation trigger",
	} {
		if e := c.AuthorizeError("invalid_request", description, callback); e.Kind != Refused || !strings.Contains(e.Error(), want) {
			t.Errorf("%s: got %v: %v", description, e.Kind, e)
		}
	}
}
