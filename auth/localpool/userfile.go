package localpool

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxUserFile bounds what ReadUsers reads, in bytes.
const maxUserFile = 4 << 20

// ReadUsers reads the people of a pool from YAML or JSON, which is YAML too:
// a list of objects with email, password, groups (a list, may be missing) and
// confirmed (true when missing). Anything else is an error that names the
// file (as name) and the line, never a password.
func ReadUsers(r io.Reader, name string) ([]User, error) {
	content, err := io.ReadAll(io.LimitReader(r, maxUserFile+1))
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", name, reason(err))
	}
	if len(content) > maxUserFile {
		return nil, fmt.Errorf("%s: more than %d MiB is too much for a list of people", name, maxUserFile>>20)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(content, &doc); err != nil {
		text := unquoted(strings.ReplaceAll(strings.TrimPrefix(err.Error(), "yaml: "), "\n", " "))
		if at, ok := strings.CutPrefix(text, "line "); ok {
			return nil, fmt.Errorf("%s:%s", name, at)
		}
		return nil, fmt.Errorf("%s: %s", name, text)
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.SequenceNode || len(doc.Content[0].Content) == 0 {
		return nil, fmt.Errorf("%s:1: expected a list of people, each with email and password", name)
	}
	var users []User
	lines := map[string]int{}
	for _, n := range doc.Content[0].Content {
		u, at, err := readUser(n)
		if err == nil && lines[u.Email] != 0 {
			err = fmt.Errorf("%s is on line %d already", u.Email, lines[u.Email])
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, at, err)
		}
		lines[u.Email] = n.Line
		users = append(users, u)
	}
	return users, nil
}

// unquoted leaves out what the YAML library quotes: it may be a password.
func unquoted(text string) string {
	first, last := strings.IndexAny(text, "'\"`"), strings.LastIndexAny(text, "'\"`")
	if first == last {
		return text
	}
	return text[:first] + "…" + text[last+1:] + "; put texts that begin with a sign in quotes"
}

// readUser reads one person; at is the line that an error is about.
func readUser(n *yaml.Node) (u User, at int, err error) {
	if n.Kind != yaml.MappingNode {
		return u, n.Line, errors.New("expected a person with email and password")
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if seen[key.Value] {
			return u, key.Line, fmt.Errorf("%q is there twice", key.Value)
		}
		seen[key.Value] = true
		if at, err := u.set(key, value); err != nil {
			return u, at, err
		}
	}
	switch {
	case !seen["email"]:
		return u, n.Line, errors.New("email is missing")
	case !seen["password"]:
		return u, n.Line, errors.New("password is missing")
	}
	return u, n.Line, nil
}

func (u *User) set(key, value *yaml.Node) (at int, err error) {
	switch key.Value {
	case "email":
		if err = isText(value); err == nil {
			u.Email, err = checkEmail(value.Value)
		}
	case "password":
		if err = isText(value); err == nil {
			u.Password, err = value.Value, checkPassword(value.Value)
		}
	case "confirmed":
		var yes bool
		if value.Tag != "!!bool" || value.Decode(&yes) != nil {
			err = errors.New("confirmed is true or false")
		}
		u.Unconfirmed = !yes
	case "groups":
		return u.setGroups(value)
	default:
		return key.Line, fmt.Errorf("unknown key %q: there are email, password, groups and confirmed", key.Value)
	}
	return value.Line, err
}

func (u *User) setGroups(value *yaml.Node) (at int, err error) {
	if value.Kind != yaml.SequenceNode {
		return value.Line, errors.New("groups is a list of names, like [Underwriters]")
	}
	for _, n := range value.Content {
		if err = isText(n); err == nil {
			err = CheckGroup(n.Value)
		}
		if err != nil {
			return n.Line, err
		}
		u.Groups = append(u.Groups, n.Value)
	}
	return 0, nil
}

// isText: what YAML reads as a number or a date is no password or name until
// it stands in quotes, since its spelling may have been lost on the way.
func isText(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode || n.Tag != "!!str" {
		return errors.New("expected text; put it in quotes")
	}
	return nil
}
