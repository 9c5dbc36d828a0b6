using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Baton.Decisions;
using Baton.Knowledge.Choice;
using Baton.Knowledge.Importing;
using Baton.Knowledge.Importing.Pages;
using Baton.Privacy;
using Baton.Text;
using Baton.Triage;

namespace Baton.Evaluation.Drafting;

/// <summary>
/// What people answered to resolved tickets, as drafts of sections: redacted, without greeting and signature, the same
/// answer once. An answer that names anything personal is about one customer and becomes none.
/// </summary>
internal sealed class ResolvedTickets(Redactor redactor, ImportLimits limits)
{
    private const int ShortestAnswer = 40;
    private const int MostQuestions = 8;
    private const int LongestQuestion = 300, LongestHeading = 80;

    private static readonly string[] Greetings =
        ["hi", "hello", "hey", "dear", "good morning", "good afternoon", "good evening", "hallo", "bonjour", "hola"];

    private sealed record Answered(string Id, string Where, string Heading, List<string> Questions);

    /// <exception cref="ImportException">It cannot be read at all.</exception>
    public SourceContent Read(string path)
    {
        if (!File.Exists(path)) throw new ImportException($"{path}: no such file");
        var found = new Findings(limits);
        var answers = new Dictionary<string, Answered>();
        var (file, number) = (Path.GetFileName(path), 0);
        foreach (var line in SourceBytes.Read(path, limits).Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line)) Take(line, $"{file}:{number}", answers, found);
        }
        foreach (var (body, answer) in answers)
            found.Add(answer.Where, new ImportedArticle(
                answer.Id, answer.Heading, $"## {answer.Heading}\n\n{body}")
            {
                ByName = true,
                Questions = answer.Questions.Count == 0 ? new Dictionary<string, IReadOnlyList<string>>()
                    : new() { [answer.Heading] = [.. answer.Questions.Distinct().Take(MostQuestions)] },
            });
        return found.Done();
    }

    private void Take(string line, string where, Dictionary<string, Answered> answers, Findings found)
    {
        InboundTicket ticket;
        try
        {
            ticket = TicketJson.Read(JsonSerializer.Deserialize<JsonElement>(line), where, "file", "expect", "history");
        }
        catch (Exception error) when (error is JsonException or TicketFormatException)
        {
            found.Bad(where, error is JsonException ? "not JSON" : error.Message);
            return;
        }
        var places = new Placeholders();
        var said = ticket.Messages.Reverse().SkipWhile(m => m.From == Author.Customer).ToList();
        var answered = said.TakeWhile(m => m.From == Author.Agent).Reverse().ToList();
        var asked = said.SkipWhile(m => m.From == Author.Agent).TakeWhile(m => m.From == Author.Customer).Reverse()
            .ToList();
        if (answered.Count == 0 || asked.Count == 0)
        {
            found.LeaveOut(where,
                $"ticket {ticket.TicketId}: no message of a person (from: agent) answers one of the customer's");
            return;
        }
        var subject = redactor.Redact(ticket.Subject ?? "", places).Text;
        var question = redactor.Redact(string.Join('\n', asked.Select(m => m.Seen())), places).Text;
        var answer = Answer(redactor.Redact(string.Join('\n', answered.Select(m => m.Seen())), places).Text);
        if (Fault(answer) is { } why)
        {
            found.LeaveOut(where, $"ticket {ticket.TicketId}: {why}");
            return;
        }
        var questions = MessageUnits.Of(MessageText.ForIntent(subject, question)).Questions
            .Select(q => q.Trim()).Where(q => q.Length is > 0 and <= LongestQuestion).ToList();
        if (answers.TryGetValue(answer, out var same)) same.Questions.AddRange(questions);
        else answers[answer] = new Answered(
            ticket.TicketId, where, Heading(subject, questions, ticket.TicketId), questions);
    }

    private static string Heading(string subject, List<string> questions, string id)
    {
        var own = MarkdownEscapes.Heading(PlaceholderMarks.Without(subject)).ReplaceLineEndings(" ").Trim();
        if (own.Length == 0 && questions.Count > 0) own = MarkdownEscapes.Heading(questions[0]).ReplaceLineEndings(" ");
        if (own.Length == 0) return $"Ticket {id}";
        if (own.Length <= LongestHeading) return own;
        var cut = own.LastIndexOf(' ', LongestHeading);
        return own[..(cut > 0 ? cut : LongestHeading)];
    }

    private static string? Fault(string answer) =>
        answer.Length < ShortestAnswer ? "the answer is too short to be anybody else's"
        : PlaceholderMarks.Without(answer).Length != answer.Length
            ? "the answer names personal data: it is about one customer"
        : null;

    /// <summary>The person's own words, without the first line that greets and the lines that sign.</summary>
    internal static string Answer(string redacted)
    {
        var own = OwnWords.Of(redacted).Trim();
        own = own[..SignOff.Start(own)].Trim();
        var lines = own.Split('\n').Select(l => l.Trim()).ToList();
        if (lines.Count > 1 && Greets(lines[0])) lines.RemoveAt(0);
        return string.Join('\n', lines.Select(l => MarkdownEscapes.Line(MarkdownEscapes.Inline(
            MarkdownEscapes.Visible(l))))).Trim('\n');
    }

    private static bool Greets(string line) =>
        line.Split(' ').Length <= 4 && Greetings.Any(g => line.StartsWith(g, StringComparison.OrdinalIgnoreCase));
}
