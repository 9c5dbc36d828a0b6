using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Rules;
using Baton.Playbooks.Yaml;

namespace Baton.Playbooks.Loading;

/// <summary>Reads the field <c>when</c> and points at the place inside it where the condition is wrong.</summary>
internal static class ConditionReader
{
    public static Condition? Read(Section section, RuleVocabulary vocabulary, bool required = true)
    {
        const string example = "urgency >= 6";
        var value = required ? section.Required("when", example) : section.Optional("when");
        if (value is YamlValue.Sequence)
        {
            section.Wrong(value, "when", "a condition", "when: '\"phrase\" in subject' (quote the whole condition)");
            return null;
        }
        if (section.ToText(value, "when") is not { } text || value is not YamlValue.Scalar scalar) return null;
        switch (RuleParser.Parse(text.Text, vocabulary))
        {
            case ParsedCondition.Parsed parsed:
                return parsed.Condition;
            case ParsedCondition.Rejected rejected:
                foreach (var error in rejected.Errors) Report(section, scalar, error);
                return null;
            default:
                return null;
        }
    }

    private static void Report(Section section, YamlValue.Scalar when, RuleError error)
    {
        // In one-line scalars the column is exact (quotes shift it by one); elsewhere the message has the character.
        var column = when.Column + error.Position + (when.Plain ? 0 : 1);
        section.Problems.Add(section.File.Path, when.Line, when.OneLine ? column : null,
            $"{section.What}, condition at character {error.Position + 1}: {error.Message}");
    }
}
