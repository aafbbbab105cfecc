package cognito

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/authtabs/tabgate/auth/session"
	"golang.org/x/oauth2"
)

// Ask says whom a sign-in asks for. The zero Ask leaves it to the provider:
// whoever its browser session knows is signed in without a word.
type Ask struct {
	Prompt   string // "login" asks for the password again, "select_account" lets an identity provider offer its accounts, or ""
	Hint     string // the name to fill in at the login page, or ""
	Provider string // the identity provider of the pool to go to at once, as the pool names it, or ""
}

// The most characters that a name may have. Cognito's user names have 128, its
// providers 32.
const (
	maxHint     = 128
	maxProvider = 64
)

// Prompts are the values that Ask.Prompt may have, besides "".
var Prompts = []string{"login", "select_account"}

// Check says what of an Ask cannot be sent.
func (a Ask) Check() error {
	return errors.Join(CheckPrompt(a.Prompt), CheckHint(a.Hint), CheckProvider(a.Provider))
}

// CheckPrompt accepts "" and the values of Prompts.
func CheckPrompt(prompt string) error {
	if prompt != "" && !slices.Contains(Prompts, prompt) {
		return fmt.Errorf("%q is none of %s", session.Clean(prompt, 40), strings.Join(Prompts, ", "))
	}
	return nil
}

// CheckHint accepts "" and what can be a user name or an address.
func CheckHint(hint string) error { return checkName(hint, maxHint, "an email address or a user name") }

// CheckProvider accepts "" and what can be the name of an identity provider.
func CheckProvider(name string) error {
	return checkName(name, maxProvider, "the name of an identity provider of the user pool, such as Google")
}

func checkName(text string, most int, what string) error {
	odd := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > most || strings.ContainsFunc(text, odd) {
		return fmt.Errorf("%q cannot be %s: at most %d characters without spaces", session.Clean(text, 60), what, most)
	}
	return nil
}

// params are the request's parameters. What Check refuses is left out.
func (a Ask) params() (list []oauth2.AuthCodeOption) {
	for _, p := range []struct {
		name, value string
		err         error
	}{
		{"prompt", a.Prompt, CheckPrompt(a.Prompt)}, {"login_hint", a.Hint, CheckHint(a.Hint)},
		{"identity_provider", a.Provider, CheckProvider(a.Provider)},
	} {
		if p.value != "" && p.err == nil {
			list = append(list, oauth2.SetAuthURLParam(p.name, p.value))
		}
	}
	return list
}
