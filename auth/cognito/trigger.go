package cognito

import (
	"slices"
	"strings"
)

// triggers are the functions that a user pool's owner can put into a sign-in
// (AWS: customizing user pool workflows with Lambda triggers), as Cognito names
// them in error descriptions.
var triggers = []string{
	"PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication", "PreTokenGeneration", "CustomMessage", "UserMigration",
	"DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse", "CustomEmailSender", "CustomSMSSender", "InboundFederation",
}

// trigger is the pool's own function that a description says has failed, or
// "". Cognito reports it under whatever code the request has, invalid_grant at
// the token endpoint: "PreTokenGeneration failed with error Task timed out …",
// "PreTokenGeneration invocation failed due to …". Descriptions are no stable
// strings, so one that is not recognised only means that the code decides.
func trigger(description string) string {
	words := strings.Fields(description)
	if len(words) < 2 || !slices.Contains(triggers, words[0]) {
		return ""
	}
	if rest := strings.Join(words[1:], " "); strings.HasPrefix(rest, "failed") || strings.HasPrefix(rest, "invocation failed") {
		return words[0]
	}
	return ""
}

// linking reports whether a description is that of a first sign-in through an
// identity provider whose account a trigger has just linked to an existing one.
// Cognito fails then, and lets the same person in the next time.
func linking(description string) bool {
	return strings.Contains(strings.ToLower(description), "already found an entry for username")
}

// described gives the kind and the help where the description knows more than
// the code; help is "" where it does not.
func described(op, description string) (Kind, string) {
	switch name := trigger(description); {
	case linking(description):
		return Refused, "this happens at the first sign-in with an account that is just being linked to another one; try once more"
	case name != "" && op == opRefresh:
		return Failing, "that is a function of the user pool's owner (its " + name + " trigger); you stay signed in, and it is tried again. Ask the owner if it lasts"
	case name != "":
		return Refused, "that is a function of the user pool's owner (its " + name + " trigger); try again in a minute, and ask the owner if it lasts"
	}
	return 0, ""
}
