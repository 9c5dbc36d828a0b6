using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Playbooks;

namespace Baton.Evaluation.Learning.Suggesting;

/// <summary>What a suggestion adds to a playbook.</summary>
internal enum SuggestionKind
{
    /// <summary>An utterance to an intent.</summary>
    Example,

    /// <summary>A question to a section.</summary>
    Question,

    /// <summary>Text to a section.</summary>
    Section,

    /// <summary>Two words that mean the same.</summary>
    Synonym,
}

/// <summary>
/// A change of the playbook that what people did speaks for. Nothing is changed until somebody accepts it.
/// </summary>
/// <param name="Target">An intent, <c>article#heading</c>, or the word that the playbook has.</param>
/// <param name="Text">What is added, redacted.</param>
/// <param name="Why">What people did.</param>
internal sealed record LearntSuggestion(
    SuggestionKind Kind, string Target, string Text, string Why, IReadOnlyList<string> Tickets)
{
    private const int IdLength = 12;

    /// <summary>Names what it says: found again, it is the same, and one that was rejected stays so.</summary>
    public string Id { get; init; } = Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{Kind}\n{Target}\n{Text}")))[..IdLength];

    public JsonObject ToJson() => new()
    {
        ["id"] = Id, ["kind"] = EnumWords.Of(Kind), ["target"] = Target, ["text"] = Text, ["why"] = Why,
        ["tickets"] = new JsonArray([.. Tickets.Select(t => JsonValue.Create(t))]),
    };
}
