package cognito

import (
	"context"
	"net/http"

	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/token/strict"
)

// UserInfo is what the provider says about a person right now. It is for
// showing alone: it carries no groups, and none of it opens anything.
type UserInfo struct {
	Sub           string
	Username      string
	Email         string
	EmailVerified bool
	Attributes    map[string]string // every attribute that is a text, the above included
}

var (
	guardedUserInfo = strict.NewGuard("sub")
	shownUserInfo   = strict.NewGuard("username", "email", "email_verified")
)

// UserInfo asks /oauth2/userInfo with an access token of scope openid. The
// answer is dropped when it is about anyone but sub (OpenID Connect Core 1.0
// section 5.3.2).
func (c *Client) UserInfo(ctx context.Context, access secret.Text, sub string) (UserInfo, error) {
	if failed := c.resolve(ctx, opUserInfo); failed != nil {
		return UserInfo{}, failed
	}
	address := c.at().userInfo
	if address == "" {
		return UserInfo{}, &Error{Kind: Misconfigured, Op: opUserInfo, Help: "the provider has no address for user info on its domain; whoami without --remote needs none"}
	}
	rec, hc, bounded, cancel := c.record(ctx, nil)
	defer cancel()
	req, err := http.NewRequestWithContext(bounded, http.MethodGet, address, nil)
	if err != nil {
		return UserInfo{}, c.noAnswer(ctx, opUserInfo, errNotSent)
	}
	req.Header.Set("Authorization", "Bearer "+access.Reveal())
	err = c.ask(ctx, opUserInfo, rec, hc, req)
	if err == nil {
		err = c.good(ctx, opUserInfo, rec)
	}
	if err != nil {
		return UserInfo{}, err
	}
	info, ok := readUserInfo(rec.got)
	if !ok {
		return UserInfo{}, c.fail(ctx, opUserInfo, rec, "", "", "")
	}
	if info.Sub == "" || info.Sub != sub {
		failed := c.fail(ctx, opUserInfo, rec, "", "", "")
		failed.Help = "the answer is about another person and was dropped; sign in again"
		return UserInfo{}, failed
	}
	return info, nil
}

// readUserInfo reads the answer; email_verified comes as a string. What is odd
// about any claim but sub is left out.
func readUserInfo(a *answer) (UserInfo, bool) {
	obj, _, err := guardedUserInfo.ParseOpen(a.body, shownUserInfo)
	if !a.json || err != nil {
		return UserInfo{}, false
	}
	info := UserInfo{Attributes: make(map[string]string, len(obj))}
	for name, raw := range obj {
		if s, err := strict.Text(raw); err == nil {
			info.Attributes[name] = s
		}
	}
	info.Sub, info.Username, info.Email = info.Attributes["sub"], info.Attributes["username"], info.Attributes["email"]
	info.EmailVerified, _ = strict.Bool(obj["email_verified"])
	return info, true
}
