package config

import (
	"net/url"
	"strings"
)

const redacted = "[redacted]"

// hidden is a value as it may be shown: user info, the values of a query and
// the fragment of an address can be secrets. Several addresses have commas
// between them.
func hidden(text string) string {
	if !strings.Contains(text, "://") {
		return text
	}
	parts := strings.Split(text, ",")
	for i, part := range parts {
		parts[i] = hiddenAddress(part)
	}
	return strings.Join(parts, ",")
}

// hiddenAddress works on the text, so that what is no proper address is hidden
// as well, and what is shown is what was written.
func hiddenAddress(text string) string {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return text
	}
	rest, fragment, hasFragment := strings.Cut(rest, "#")
	rest, query, hasQuery := strings.Cut(rest, "?")
	host, path, hasPath := strings.Cut(rest, "/")
	if i := strings.LastIndex(host, "@"); i >= 0 {
		host = redacted + host[i:]
	}
	out := scheme + "://" + host
	if hasPath {
		out += "/" + path
	}
	if hasQuery {
		out += "?" + hiddenQuery(query)
	}
	if hasFragment && fragment != "" {
		out += "#" + redacted
	}
	return out
}

// hiddenQuery keeps the names of a query's values. A part without a name is
// hidden as a whole.
func hiddenQuery(query string) string {
	parts := strings.Split(query, "&")
	for i, part := range parts {
		switch name, value, ok := strings.Cut(part, "="); {
		case ok && value != "":
			parts[i] = name + "=" + redacted
		case !ok && part != "":
			parts[i] = redacted
		}
	}
	return strings.Join(parts, "&")
}

// hostOf is the host of an address, "" where it has none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
