package dashboard

import (
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// secretRef is a place that a secret comes from.
type secretRef struct {
	kind, name string // "env" and a variable, "file" and a path
}

// secretsIn finds ${env:NAME} and ${file:PATH} in a text. Wrong is the first
// ${…} that is neither.
func secretsIn(s string) (found []secretRef, wrong string) {
	for {
		_, rest, ok := strings.Cut(s, "${")
		if !ok {
			return found, wrong
		}
		inner, after, closed := strings.Cut(rest, "}")
		kind, name, _ := strings.Cut(inner, ":")
		switch {
		case closed && kind == "env" && envName(name), closed && kind == "file" && strings.TrimSpace(name) != "":
			found = append(found, secretRef{kind, name})
		case wrong == "":
			wrong = "${" + inner
			if closed {
				wrong += "}"
			}
		}
		s = after
	}
}

func envName(s string) bool {
	for i, c := range s {
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

// references reports what stands in ${…} and is no secret's place.
func (r *reader) references(n *yaml.Node, s string) (found []secretRef) {
	found, wrong := secretsIn(s)
	if wrong != "" {
		r.wrong(n, "%s is no place of a secret: write ${env:NAME} or ${file:PATH}", wrong)
	}
	return found
}

// address is an address that figures come from: https, or http on this machine.
// What is secret belongs into headers or the environment.
func address() codec[string] {
	c := line()
	c.read = func(r *reader, n *yaml.Node, v *string) {
		s, ok := r.scalar(n, "an address such as https://example.com/figures.csv")
		if !ok {
			return
		}
		u, err := url.Parse(s)
		switch {
		case s != shown(s) || err != nil || u.Host == "" || u.Hostname() == "":
			r.wrong(n, "this is no address: write such as https://example.com/figures.csv")
		case strings.Contains(s, "${"):
			r.wrong(n, "an address holds no ${…}, for addresses end up in logs: put secrets into headers")
		case u.User != nil:
			r.wrong(n, "a name or password stands in the address: put it into headers, as ${env:NAME}")
		case u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())):
			r.wrong(n, "%s is not https: figures come over https, or over http from this machine", u.Scheme+"://"+u.Host)
		case secretQuery(u) != "":
			r.wrong(n, "a secret stands in the address (%s): put it into headers, as ${env:NAME}", secretQuery(u))
		default:
			*v = s
		}
	}
	c.schema = func() schema {
		return schema{"type": "string", "pattern": `^([hH][tT][tT][pP][sS]://|[hH][tT][tT][pP]://(localhost|127\.|\[::1\]))`}
	}
	return c
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// secretWords are parts of the names of what is secret.
var secretWords = []string{"auth", "key", "token", "secret", "passw", "pwd", "cookie", "session", "credential", "signature"}

func secretName(s string) bool {
	s = strings.ToLower(s)
	return slices.ContainsFunc(secretWords, func(w string) bool { return strings.Contains(s, w) })
}

// secretParameters are parameters of addresses that hold secrets. A key alone is
// often none: "?key=country".
var secretParameters = []string{"api_key", "apikey", "api-key", "access_token", "token", "auth", "password", "passwd", "pwd", "secret", "client_secret", "sig", "signature", "x-amz-signature", "x-amz-credential", "subscription-key"}

func secretQuery(u *url.URL) string {
	for name, values := range u.Query() {
		if slices.Contains(secretParameters, strings.ToLower(name)) && len(values) > 0 && values[0] != "" {
			return name
		}
	}
	return ""
}

// headerName is what the name of a header may hold.
var headerName = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

// ownHeaders are those that the program says itself.
var ownHeaders = []string{"host", "content-length", "connection", "transfer-encoding", "upgrade", "te", "trailer", "proxy-authorization", "proxy-connection", "keep-alive", "accept-encoding"}

// header reports what is wrong with a header: a secret that stands in the file
// above all.
func (r *reader) header(k, n *yaml.Node, h Header) {
	if !headerName.MatchString(h.Name) {
		r.wrong(k, "%s is no name of a header", h.Name)
		return
	}
	if slices.Contains(ownHeaders, strings.ToLower(h.Name)) {
		r.wrong(k, "the header %s is the program's own: take it out", h.Name)
		return
	}
	secrets := r.references(n, h.Value)
	scheme, _, two := strings.Cut(h.Value, " ")
	named := two && slices.Contains([]string{"bearer", "basic", "digest", "token", "apikey"}, strings.ToLower(scheme))
	if len(secrets) == 0 && h.Value != "" && (secretName(h.Name) || named) {
		r.wrong(n, "a secret stands in the file: write %s: ${env:NAME}, and put it into the environment", h.Name)
	}
}

// dsn reports what is wrong with where a database is said to be.
func (r *reader) dsn(n *yaml.Node, s string) {
	r.references(n, s)
	plain := withoutSecrets(s)
	if password(plain) {
		r.wrong(n, "a password stands in the file: write ${env:NAME} in its place, and put it into the environment")
	}
}

func withoutSecrets(s string) string { return secretPattern.ReplaceAllString(s, "${}") }

var (
	secretPattern   = regexp.MustCompile(`\$\{[^}]*\}`)
	passwordKey     = regexp.MustCompile(`(?i)(?:^|[\s;&?])(?:pass\w*|pwd)\s*=\s*('[^']*'|[^\s;&]*)`)
	passwordAddress = regexp.MustCompile(`://[^/@\s]*:([^@\s]*)@`)
)

// password reports whether a text holds a password itself, where secrets were
// taken out.
func password(s string) bool {
	for _, m := range append(passwordKey.FindAllStringSubmatch(s, -1), passwordAddress.FindAllStringSubmatch(s, -1)...) {
		if p := strings.Trim(m[1], "'"); p != "" && p != "${}" {
			return true
		}
	}
	return false
}
