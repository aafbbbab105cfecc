package client

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// clean makes text from outside safe to show on one line.
func clean(text string, most int) string {
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n++; n >= most {
			b.WriteRune('…')
			break
		}
		if r != ' ' && (!unicode.IsPrint(r) || unicode.Is(unicode.Cf, r)) {
			r = unicode.ReplacementChar
		}
		b.WriteRune(r)
	}
	return b.String()
}

// hostOf is the host of an address as it is shown.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return clean(address, 100)
	}
	return clean(u.Host, 100)
}

// Words says what one agrees to with an offer, hosts alone: who shows pages,
// where people sign in, and who is given their access token.
func (o Offer) Words() string {
	server := hostOf(o.Server)
	to := "It"
	if len(o.TokenTo) > 0 {
		var hosts []string
		for _, origin := range o.TokenTo {
			hosts = append(hosts, hostOf(origin))
		}
		to += ", and " + and(hosts) + ","
	}
	text := fmt.Sprintf("%s shows pages to people who sign in at %s. %s will be given your access token for that.", server, o.signsIn(), to)
	if id := o.Identifier(); id != "" && id != o.Server && id != hostOf(o.Server) {
		text += fmt.Sprintf(" The token is asked to carry the right %s.", clean(and(o.rights()), 200))
	}
	if o.AnyAudience {
		text += " It also takes tokens that were made for other servers."
	}
	return text
}

// signsIn is where people sign in, and who vouches for them where that is
// somebody else.
func (o Offer) signsIn() string { return hostOf(o.Domain) }

// rights are the scopes of the server's own.
func (o Offer) rights() []string {
	return slices.DeleteFunc(slices.Clone(o.Scopes), func(s string) bool { id, _ := cutScope(s); return id == "" })
}

// SecondWarning says what follows where a user pool and its client already
// serve somebody else: another server, or a profile.
func (o Offer) SecondWarning(others []string) string {
	if len(others) == 0 {
		return ""
	}
	return fmt.Sprintf("You already sign in with this client of %s for %s. A token of one client may be taken by everybody who trusts that client: "+
		"%s could use yours there, as you. Give each server a client of its own.", o.signsIn(), and(others), hostOf(o.Server))
}

// and joins names as in a sentence.
func and(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// Changes says in which parts another offer of the same server differs, a
// clause each; none if they are the same.
func (o Offer) Changes(now Offer) (out []string) {
	one := func(what, was, is string) {
		if was != is {
			out = append(out, fmt.Sprintf("its %s was %s and is %s", what, quoted(was), quoted(is)))
		}
	}
	all := func(what string, was, is []string) {
		if !slices.Equal(was, is) {
			one(what, strings.Join(was, " "), strings.Join(is, " "))
		}
	}
	one("address", o.Server, now.Server)
	one("issuer", o.Issuer, now.Issuer)
	one("sign-in page", o.Domain, now.Domain)
	one("client", o.ClientID, now.ClientID)
	all("redirect addresses", o.Redirects, now.Redirects)
	one("log-out address", o.LogoutURI, now.LogoutURI)
	all("scopes", o.Scopes, now.Scopes)
	all("list of others that get the token", o.TokenTo, now.TokenTo)
	switch {
	case now.AnyAudience && !o.AnyAudience:
		out = append(out, "it takes tokens that were made for others now")
	case o.AnyAudience && !now.AnyAudience:
		out = append(out, "it takes no tokens that were made for others any more")
	}
	return out
}

func quoted(text string) string {
	if text == "" {
		return "none"
	}
	return clean(text, 160)
}
