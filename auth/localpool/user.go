package localpool

import (
	"errors"
	"fmt"
	"net/mail"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Groups of the demo.
const (
	Underwriters   = "Underwriters"
	CreditAnalysts = "CreditAnalysts"
)

// DemoPassword is the password of all demo people.
const DemoPassword = "Passw0rd!"

// User is a person as the pool is told of one.
type User struct {
	Email       string
	Password    string
	Groups      []string
	Unconfirmed bool // has signed up, but has not typed the code from the mail
}

// DemoPeople are the four that the demo's login page names, in the order of the
// tabs that they open.
func DemoPeople() []User {
	return []User{
		{Email: "underwriter@example.com", Password: DemoPassword, Groups: []string{Underwriters}},
		{Email: "analyst@example.com", Password: DemoPassword, Groups: []string{CreditAnalysts}},
		{Email: "both@example.com", Password: DemoPassword, Groups: []string{CreditAnalysts, Underwriters}},
		{Email: "guest@example.com", Password: DemoPassword},
	}
}

func isDemo(users []User) bool { return reflect.DeepEqual(users, DemoPeople()) }

// checkEmail gives the address as the pool keeps it: in lower case, since
// Cognito does not tell user names apart by case.
func checkEmail(email string) (string, error) {
	email = strings.ToLower(strings.TrimSpace(email))
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Address != email || len(email) > 128 || !strings.Contains(email, "@") {
		return "", errors.New("enter an email address, like name@example.com")
	}
	return email, nil
}

// passwordRules is Cognito's default policy, as a person reads it.
const passwordRules = "At least 8 characters, with a capital letter, a small letter, a digit and a symbol."

// checkPassword names what is missing under Cognito's default policy.
func checkPassword(password string) error {
	var missing []string
	if utf8.RuneCountInString(password) < 8 {
		missing = append(missing, "at least 8 characters")
	}
	kinds := []struct {
		name string
		is   func(rune) bool
	}{
		{"a capital letter", unicode.IsUpper},
		{"a small letter", unicode.IsLower},
		{"a digit", unicode.IsDigit},
		{"a symbol", func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }},
	}
	for _, kind := range kinds {
		if !strings.ContainsFunc(password, kind.is) {
			missing = append(missing, kind.name)
		}
	}
	switch {
	case len(password) > 256:
		return errors.New("the password is too long: 256 characters are the most")
	case strings.TrimSpace(password) != password:
		return errors.New("the password may not begin or end with a space")
	case len(missing) > 0:
		return fmt.Errorf("the password needs %s", list(missing))
	}
	return nil
}

// CheckGroup holds a group name to Cognito's form.
func CheckGroup(name string) error {
	bad := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) || r == utf8.RuneError }
	if name == "" || utf8.RuneCountInString(name) > 128 || strings.ContainsFunc(name, bad) {
		return fmt.Errorf("a group name is 1 to 128 letters, digits or signs without spaces, not %q", name)
	}
	return nil
}

func list(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
}
