using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Asking;

/// <summary>A prompt with its holes filled.</summary>
/// <param name="System">Text for the system message: the playbook's words, never a customer's.</param>
/// <param name="Digest">Eight hex digits that name it in the trace.</param>
internal sealed record StagePrompt(string System, string Digest);

/// <summary>The prompts of one playbook: its own files, and the built-in ones for stages without a file.</summary>
internal sealed partial class PromptBook
{
    /// <summary>Examples per intent that the list of intents shows.</summary>
    private const int Examples = 3;

    private static readonly ConditionalWeakTable<Playbook, PromptBook> Books = [];

    private readonly Playbook _playbook;
    private readonly ConcurrentDictionary<string, StagePrompt> _prompts = new();

    private PromptBook(Playbook playbook) => _playbook = playbook;

    /// <summary>The book of a playbook; made once.</summary>
    public static PromptBook Of(Playbook playbook) => Books.GetValue(playbook, p => new PromptBook(p));

    /// <summary>The prompt of a stage in <see cref="ModelStages.All"/>.</summary>
    public StagePrompt For(string stage) => _prompts.GetOrAdd(stage, name =>
    {
        var text = Fill(_playbook.Prompts.GetValueOrDefault(name) ?? BuiltIn(name));
        return new StagePrompt(text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8]);
    });

    /// <summary>The text that a stage without a file of the playbook uses.</summary>
    public static string BuiltIn(string stage)
    {
        using var stream = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream($"Baton.Decisions.Prompts.{stage}.md")
            ?? throw new ArgumentException($"no model stage is called '{stage}'", nameof(stage));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private string Fill(string text) => Hole().Replace(text.Trim(), hole => hole.Groups[1].Value switch
    {
        "brand" => _playbook.Brand.Name,
        "voice" => _playbook.Brand.Voice,
        "languages" => string.Join(", ", _playbook.Brand.Languages),
        "greeting" => _playbook.Brand.Greeting,
        "signature" => _playbook.Brand.Signature,
        "intents" => Intents(),
        // The loader has refused any other.
        _ => hole.Value,
    });

    private string Intents() => string.Join('\n', _playbook.Intents.Select(i =>
        $"- `{i.Name}`: {i.Description}. Such as: \"{string.Join("\"; \"", i.Examples.Take(Examples))}\""));

    [GeneratedRegex(@"\{\{\s*([^{}]*?)\s*\}\}")]
    private static partial Regex Hole();
}
