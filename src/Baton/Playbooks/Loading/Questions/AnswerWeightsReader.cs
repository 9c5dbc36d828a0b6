using System.Globalization;
using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Loading.Questions;

/// <summary>Reads <c>answers.yaml</c>, which <c>baton train answers</c> writes.</summary>
internal static class AnswerWeightsReader
{
    public const string File = "answers.yaml";

    public static AnswerWeights? Read(Section file)
    {
        var read = new AnswerWeights(
            file.Text("recipe", AnswerWeights.CurrentRecipe), file.Whole("tickets", 0, 0, int.MaxValue),
            file.Number("point_95", 1, 0, 1), Numbers(file, "mean"), Numbers(file, "deviation"),
            Numbers(file, "weights"));
        var content = file.Text("content", "\"0123456789abcdef\"");
        file.Close();
        if (Wrong(read, content) is not { } why) return read;
        file.Problems.Add(file.Here, $"{File}: {why}; make it again with `baton train answers`");
        return null;
    }

    private static string? Wrong(AnswerWeights read, string content) =>
        read.Recipe != AnswerWeights.CurrentRecipe
            ? $"it was made for '{read.Recipe}', and this program weighs '{AnswerWeights.CurrentRecipe}'"
            : read.Mean.Count != AnswerWeights.Signals || read.Deviation.Count != AnswerWeights.Signals
                || read.Weights.Count != AnswerWeights.Signals + 1 || read.Deviation.Any(d => d <= 0)
            ? $"it must weigh {AnswerWeights.Signals} signals"
            : read.Content() != content ? "its numbers are not those it was written with" : null;

    private static List<double> Numbers(Section file, string name)
    {
        var numbers = new List<double>();
        foreach (var text in file.Texts(name))
        {
            if (double.TryParse(text.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)) numbers.Add(number);
            else file.Problems.Add(text, $"{File}: '{name}' holds '{text.Text}', which is no number");
        }
        return numbers;
    }
}
