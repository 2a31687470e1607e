package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"regexp"
	"strings"
)

var line = regexp.MustCompile(`(?m)^([^:\n]+): (.+)$`)

// checkReceipt looks for a receipt's text file in both lists.
func (v *verifier) checkReceipt(file string) {
	content, err := os.ReadFile(file)
	if err != nil {
		fmt.Fprintln(os.Stderr, "not verified:", err)
		os.Exit(2)
	}
	receipt := map[string]string{}
	for _, match := range line.FindAllStringSubmatch(string(content), -1) {
		receipt[match[1]] = strings.TrimSpace(match[2])
	}
	found := v.placeOf(receipt)
	fmt.Println("receipt:", found)
	if found == "unknown" {
		fmt.Println("outcome, lists or keys are not in order, so nothing can be said of it")
	}
	if found != "counted" && found != "not_counted" {
		v.wrong++
	}
}

func (v *verifier) placeOf(receipt map[string]string) string {
	id, hash := receipt["Decision"], receipt["Ballot hash"]
	of := v.decision
	if v.outcome != nil {
		of = v.outcome["decision_id"].(string)
	}
	if of != "" && id != of {
		return "other_decision"
	}
	choice, nonce, isPrivate := receipt["Choice"], receipt["Nonce"], receipt["Nonce"] != ""
	if isPrivate {
		k := sha256.Sum256(append(fromHex([]byte(nonce)), fromHex([]byte(receipt["Your proof (r)"]))...))
		c := fromHex([]byte(receipt["c"]))
		made := sha256.Sum256(framed("enviro-governance/ballot/1", id, choice, string(k[:]), string(c)))
		if hex.EncodeToString(made[:]) != hash {
			return "not_own"
		}
	}
	if v.outcome == nil || v.foundAny("list.size", "list.root", "list.order", "list.duplicate") {
		return "unknown"
	}
	for _, each := range v.rows["counted"] {
		if each.hash == hash {
			if isPrivate && each.choice != "" && each.choice != choice {
				return "other_choice"
			}
			return "counted"
		}
	}
	for _, each := range v.rows["others"] {
		if each.hash == hash {
			return "not_counted"
		}
	}
	message := framed("enviro-governance/receipt/1", id, string(fromHex([]byte(hash))))
	if isSigned(v.keys[receipt["Signed with key"]], receipt["Signature"], message) {
		if v.foundAny("outcome.unsigned", "key.unknown", "outcome.signature") {
			return "unknown"
		}
		return "lost"
	}
	if v.foundAny("keys.malformed") {
		return "unknown"
	}
	return "not_signed"
}

func (v *verifier) foundAny(codes ...string) bool {
	for _, code := range codes {
		if v.found[code] {
			return true
		}
	}
	return false
}
