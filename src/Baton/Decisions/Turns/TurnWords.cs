using Baton.Conversations;
using Baton.Text;

namespace Baton.Decisions.Turns;

/// <summary>Which words of a conversation a turn is about.</summary>
internal static class TurnWords
{
    /// <summary>
    /// Index among the customer's messages of the one to decide on: the last that a person wrote. An absence notice
    /// that
    /// arrives behind a question must not swallow it.
    /// </summary>
    public static int Decided(Conversation conversation, int messages)
    {
        for (var number = messages; number > conversation.DecidedTurn; number--)
            if (!conversation.Automatic.ContainsKey(number)) return number - 1;
        return Math.Max(0, messages - 1);
    }

    /// <summary>
    /// Index of the first message of the run that ends with the one to decide on: in a chat a matter comes in pieces,
    /// and the last piece alone ("it is kind of urgent") says nothing.
    /// </summary>
    public static int Begins(Conversation conversation, int decided)
    {
        var (transcript, line, at) = (conversation.Transcript, -1, -1);
        while (at < decided)
            if (transcript[++line].From == Author.Customer) at++;
        while (at > conversation.DecidedTurn && transcript[line - 1].From == Author.Customer)
            (at, line) = (at - 1, line - 1);
        return at;
    }

    /// <summary>Everything to notice in the messages that nobody has decided on or answered yet.</summary>
    public static string Noticed(TurnInput turn)
    {
        var transcript = turn.Conversation.Transcript;
        var since = transcript.FindLastIndex(l => l.From != Author.Customer) + 1;
        var fresh = transcript.Skip(since).Select(l => l.Text).ToList();
        // Messages that an earlier turn decided in silence were noticed then.
        var undecided = Math.Max(1, turn.Conversation.CustomerMessages - turn.Conversation.DecidedTurn);
        if (fresh.Count > undecided) fresh = fresh[^undecided..];
        if (fresh.Count == 0) fresh = [turn.Body];
        var before = transcript.Take(transcript.Count - fresh.Count).ToList();
        var reader = new NoticedWords(
            [turn.Playbook.Brand.Name, turn.Playbook.Name],
            before.Where(l => l.From != Author.Customer).Select(l => l.Text),
            before.Where(l => l.From == Author.Customer).Select(l => l.Text));
        return string.Join("\n\n", fresh.Select(reader.Of));
    }
}
