using System.Security.Cryptography;
using System.Text;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Escalation.Triggers;
using Baton.Knowledge.Choice;
using Baton.Gateway;
using Baton.Playbooks;
using Baton.Playbooks.Channels;

namespace Baton.Decisions.Turns;

/// <summary>What a turn starts from. Nothing in here changes while its stages run.</summary>
public sealed class TurnInput
{
    /// <summary>Of the hash, so many bytes name a text.</summary>
    private const int DigestBytes = 8;

    private readonly LocalModels? _models;
    private Task<SectionChoiceOf?>? _choice, _partChoice;
    private Task? _prepared;

    /// <param name="models">Null for a turn whose stages will not run.</param>
    internal TurnInput(Playbook playbook, LocalModels? models, Conversation conversation, DateTimeOffset now,
        int attempt)
    {
        (Playbook, _models, Conversation, Now, Attempt) =
            (playbook.On(conversation.Channel), models, conversation, now, attempt);
        var mine = conversation.Transcript.Where(l => l.From == Author.Customer).Select(l => l.Text).ToList();
        var at = TurnWords.Decided(conversation, mine.Count);
        Automatic = conversation.Automatic.GetValueOrDefault(at + 1);
        var from = mine.Count == 0 ? 0 : TurnWords.Begins(conversation, at);
        Body = string.Join('\n', mine.Take(at + 1).Where((_, i) => i == at || (i >= from && IsWritten(i))));
        Earlier = [.. mine.Take(from).Where((_, i) => IsWritten(i))];
        Newest = mine.Count == 0 ? "" : mine[at];
        FullText = Subject.Length == 0 ? Body : Subject + "\n" + Body;
    }

    private bool IsWritten(int message) => !Conversation.Automatic.ContainsKey(message + 1);

    /// <summary>As the conversation's channel speaks it.</summary>
    public Playbook Playbook { get; }

    public Conversation Conversation { get; }

    /// <summary>Number of the customer's message, from 1.</summary>
    public int Number => Conversation.CustomerMessages;

    /// <summary>The moment the decision is made for.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>How often this turn was started, from 1.</summary>
    public int Attempt { get; }

    /// <summary>Subject of the ticket, redacted, empty when there is none.</summary>
    public string Subject => Conversation.Subject ?? "";

    /// <summary>
    /// What the customer wrote since somebody last answered, redacted, each message cut to the playbook's limit.
    /// </summary>
    public string Body { get; }

    /// <summary>The newest of them: a number in it corrects one of before.</summary>
    internal string Newest { get; }

    /// <summary>What the customer wrote before it, oldest first; automatic mail is nothing they wrote.</summary>
    public IReadOnlyList<string> Earlier { get; }

    /// <summary>Subject and message as one text, for models.</summary>
    public string FullText { get; }

    /// <summary>
    /// What is noticed in this turn, which is more than what is answered: every message since somebody last answered,
    /// with quotations and what was forwarded, without our own text coming back.
    /// </summary>
    internal string Noticed => field ??= TurnWords.Noticed(this);

    /// <summary>The same and the subject as triggers on words read them.</summary>
    internal SaidWords Said => field ??= new SaidWords(Subject, Noticed);

    /// <summary>Subject and what is noticed as one text.</summary>
    internal string NoticedText => Subject.Length == 0 ? Noticed : Subject + "\n" + Noticed;

    /// <summary>
    /// What kind of automatic mail everything is that the turn could be about; null when somebody wrote.
    /// </summary>
    internal string? Automatic { get; }

    /// <summary>Whose texts these are: what is remembered of them is forgotten with them.</summary>
    internal string Customer => Conversation.CustomerId ?? Conversation.Id;

    /// <summary>
    /// Names the texts, so that two runs over the same can be told from two over different ones.
    /// </summary>
    internal string Digest => field ??=
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FullText)).AsSpan(0, DigestBytes));

    /// <summary>The local tier.</summary>
    internal LocalModels Models => _models ?? throw new InvalidOperationException("this turn runs without models");

    /// <summary>What the local classifier makes of the message; computed once.</summary>
    internal TriageReading LocalTriage =>
        field ??= Models.Read(Customer, Subject, Body, Language, Fields);

    /// <summary>What it is written in; see <see cref="LocalModels.Language"/>.</summary>
    internal string Language => field ??= LocalModels.Language(Body);

    /// <summary>The playbook's fields in it.</summary>
    internal IReadOnlyDictionary<string, string> Fields => field ??= Models.Fields.Find(
        $"{Subject}\n{Newest}", [.. Earlier, Body], Conversation.Fields);

    /// <summary>
    /// The sections that answer the message best; null without encoder or questions. Chosen once: whether automation
    /// may try and what it answers are two stages.
    /// </summary>
    internal Task<SectionChoiceOf?> ChooseAsync(CancellationToken cancellationToken) =>
        _choice ??= ChooseOnceAsync(Subject, Body, cancellationToken);

    /// <summary>The sections for a part of the message; chosen once, too, for a turn has one such part.</summary>
    internal Task<SectionChoiceOf?> ChooseForAsync(string part, CancellationToken cancellationToken) =>
        _partChoice ??= ChooseOnceAsync("", part, cancellationToken);

    /// <summary>Nothing where the model that makes vectors is out of reach: a person has it then.</summary>
    private async Task<SectionChoiceOf?> ChooseOnceAsync(
        string subject, string body, CancellationToken cancellationToken)
    {
        try
        {
            return await Models.ChooseAsync(Customer, subject, body, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException)
        {
            return null;
        }
    }

    /// <summary>To be awaited before <see cref="LocalTriage"/> is asked for.</summary>
    internal Task PrepareAsync(CancellationToken cancellationToken) => _prepared ??= Models.PrepareAsync(
        Customer, Subject, Body, cancellationToken).AsTask();
}
