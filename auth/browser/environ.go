package browser

import "strings"

// secretNames are parts of names whose values are nobody's business in a
// browser. A browser needs none of them.
var secretNames = []string{"SECRET", "PASSWORD", "PASSWD", "PRIVATE", "CREDENTIAL", "TOKEN", "API_KEY", "ACCESS_KEY"}

// ownNames are settings of this program, none of which a browser needs.
var ownNames = []string{"COGNITO_", "AWS_COGNITO_", "TABGATE_", "CLIENT_ID=", "APP_URI=", "LOGOUT_URI="}

// withoutSecrets is the environment that a browser is started with.
func withoutSecrets(environ []string) []string {
	kept := make([]string, 0, len(environ))
	for _, entry := range environ {
		if !isSecret(entry) && !isOwn(entry) {
			kept = append(kept, entry)
		}
	}
	return kept
}

func isSecret(entry string) bool {
	name, _, _ := strings.Cut(entry, "=")
	name = strings.ToUpper(name)
	if name == "XDG_ACTIVATION_TOKEN" {
		return false // lets the browser's window come to the front
	}
	for _, part := range secretNames {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

func isOwn(entry string) bool {
	for _, prefix := range ownNames {
		if strings.HasPrefix(strings.ToUpper(entry), prefix) {
			return true
		}
	}
	return false
}
