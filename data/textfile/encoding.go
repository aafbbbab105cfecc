package textfile

// encodingName is the name that this package gives an encoding of any of its
// names, "" for one that it does not know.
func encodingName(label string) string {
	if label == "utf-8" {
		return label
	}
	return ""
}
