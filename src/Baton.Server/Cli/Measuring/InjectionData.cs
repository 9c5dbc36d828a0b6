using System.Text.Json;
using Baton.Evaluation.Measurements;

namespace Baton.Server.Cli.Measuring;

/// <summary>The sets the instruction detector learns from, as laid out in the data folder.</summary>
internal sealed class InjectionData
{
    private static readonly string[] AboutTheAnswer =
        ["your response", "your reply", "your answer", "your code", "your solution", "your implementation",
            "your message", "response"];

    public InjectionData(DirectoryInfo folder)
    {
        IEnumerable<InjectionExample> Read(string file) => JsonLines.Read(Path.Combine(folder.FullName, file))
            .Select(line => MeasureInjection.Read(line, Path.Combine(folder.FullName, file)));
        Examples = [.. Read("prompt_injection/deepset_train.jsonl"), .. Read("prompt_injection/notinject_train.jsonl"),
            .. Read("prompt_injection/wildguard_benign_train.jsonl"),
                .. Read("prompt_injection/cyberseceval_train.jsonl"),
            .. Read("prompt_injection/jailbreak_wild_train.jsonl"),
                .. Read("prompt_injection/sysprompt_extraction_train.jsonl"),
            .. Read("prompt_injection/bipia_attacks_train.jsonl").Where(IsAboutTheAnswer),
            .. Read("prompt_injection/bipia_email_contexts_train.jsonl"),
            .. Tickets(Path.Combine(folder.FullName, "eshop_tickets/tickets_train.jsonl")),
            .. Read("banking77/train.jsonl"), .. Read("clinc150/train.jsonl"), .. Read("clinc150/oos_train.jsonl")];
    }

    /// <summary>Everything, attempts and harmless text.</summary>
    public IReadOnlyList<InjectionExample> Examples { get; }

    /// <summary>What customers wrote in support threads: harmless, longer than the questions of intent sets.</summary>
    private static IEnumerable<InjectionExample> Tickets(string file) => JsonLines.Read(file)
        .Where(line => line.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array)
        .SelectMany(line => line.GetProperty("messages").EnumerateArray())
        .Where(message => JsonLines.Text(message, "who") == "customer")
        .Select(message => new InjectionExample(JsonLines.Text(message, "text"), false, "eshop_tickets"));

    /// <summary>
    /// BIPIA's plain questions ("What is the capital of Brazil?") are attacks only because they stand in a document: as
    /// text they are harmless, and learning otherwise would flag customers' questions.
    /// </summary>
    private static bool IsAboutTheAnswer(InjectionExample example) =>
        AboutTheAnswer.Any(words => example.Text.Contains(words, StringComparison.OrdinalIgnoreCase));
}
