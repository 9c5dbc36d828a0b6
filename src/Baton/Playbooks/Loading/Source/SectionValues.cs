using Baton.Playbooks.Yaml;

namespace Baton.Playbooks.Loading.Source;

/// <summary>Typed reading of single fields.</summary>
internal static class SectionValues
{
    extension(Section section)
    {
        /// <summary>A text that must be there; empty after reporting that it is not.</summary>
        public string Text(string name, string example) =>
            section.ToText(section.Required(name, example), name)?.Text ?? "";

        public string? OptionalText(string name) => section.Located(name)?.Text;

        /// <summary>An optional text with its position, for checks that need other files.</summary>
        public Located? Located(string name) => section.ToText(section.Optional(name), name);

        /// <summary>A required text with its position.</summary>
        public Located? RequiredLocated(string name, string example) =>
            section.ToText(section.Required(name, example), name);

        /// <summary>Texts of a list, each with its position.</summary>
        public IReadOnlyList<Located> Texts(string name) =>
            [.. section.Items(name).Select(item => section.ToText(item, name)).OfType<Located>()];

        /// <summary>Texts of a list as they are.</summary>
        public IReadOnlyList<string> Words(string name) => [.. section.Texts(name).Select(t => t.Text)];

        public bool Flag(string name, bool otherwise)
        {
            var value = section.Optional(name);
            if (value is null) return otherwise;
            if (value is YamlValue.Scalar { Kind: ScalarKind.Flag } flag) return flag.Text == "true";
            section.Wrong(value, name, "true or false", $"'{name}: true'");
            return otherwise;
        }

        /// <summary>A number in a range, both ends included.</summary>
        /// <param name="unit">What is counted, for the message.</param>
        public decimal? Number(string name, decimal min, decimal max, string? unit = null)
        {
            var value = section.Optional(name);
            if (value is null) return null;
            if (value is not YamlValue.Scalar { Plain: true } scalar
                || !YamlNumber.TryParse(scalar.Text, out var number))
            {
                section.Wrong(value, name, $"a number from {min} to {max}", $"'{name}: {min}'");
                return null;
            }
            if (number >= min && number <= max) return number;
            // A share written as a percentage is the slip people make.
            var share = max <= 1 && number > 1 && number / 100 >= min && number / 100 <= max
                ? $"; for {scalar.Text} % write {number / 100m}" : "";
            section.Problems.Add(section.File, value, $"{section.What}: '{name}' is {scalar.Text}, out of range; " +
                $"write a number from {min} to {max}{(unit is null ? "" : $" ({unit})")}{share}");
            return null;
        }

        public double Number(string name, double otherwise, decimal min, decimal max) =>
            (double?)section.Number(name, min, max) ?? otherwise;

        public int Whole(string name, int otherwise, int min, int max)
        {
            if (section.Number(name, min, max) is not { } number) return otherwise;
            if (number == decimal.Truncate(number)) return (int)number;
            section.Wrong(section.Optional(name)!, name, "a whole number", $"'{name}: {decimal.Truncate(number)}'");
            return otherwise;
        }

        /// <summary>A duration in a range, both ends included.</summary>
        public TimeSpan? Duration(string name, TimeSpan min, TimeSpan max)
        {
            var value = section.Optional(name);
            if (value is null) return null;
            if (value is not YamlValue.Scalar scalar || Durations.Parse(scalar.Text) is not { } duration)
            {
                section.Wrong(value, name, "a duration", $"'{name}: 30m' (ms, s, m, h or d)");
                return null;
            }
            if (duration >= min && duration <= max) return duration;
            section.Problems.Add(section.File, value, $"{section.What}: '{name}' is {scalar.Text}, out of range; " +
                $"write a duration from {Durations.Text(min)} to {Durations.Text(max)}");
            return null;
        }

        /// <summary>One of the words of an enum, or null when the field is not there or after reporting.</summary>
        public T? Choice<T>(string name) where T : struct, Enum =>
            section.Located(name) is { } word ? section.Choice<T>(word, name) : null;

        /// <summary>One of the words of an enum that must be there.</summary>
        public T RequiredChoice<T>(string name) where T : struct, Enum =>
            section.RequiredLocated(name, EnumWords.All<T>()[0]) is { } word
                ? section.Choice<T>(word, name) ?? default
                : default;

        /// <summary>The value of a word, or null after reporting.</summary>
        public T? Choice<T>(Located word, string name) where T : struct, Enum
        {
            if (EnumWords.Find<T>(word.Text) is { } value) return value;
            section.Problems.Add(word,
                $"{section.What}: '{name}' cannot be '{word.Text}'{Suggestion.Hint(word.Text, [.. EnumWords.All<T>()])}");
            return null;
        }

        /// <summary>Any scalar that is not empty, as text; null after reporting.</summary>
        public Located? ToText(YamlValue? value, string name)
        {
            if (value is null) return null;
            if (value is YamlValue.Scalar { Kind: not ScalarKind.Nothing } scalar)
            {
                if (!string.IsNullOrWhiteSpace(scalar.Text))
                    return new Located(scalar.Text, section.File, scalar.Line, scalar.Column);
                section.Problems.Add(section.File, value, $"{section.What}: '{name}' is empty; write a text");
                return null;
            }
            section.Wrong(value, name, "a text", $"'{name}: some words'");
            return null;
        }
    }
}
