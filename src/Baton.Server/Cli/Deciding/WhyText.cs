using System.Globalization;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Decisions;
using Baton.Playbooks;
using Baton.Text.Words;
using Event = Baton.Conversations.ConversationEvent;

namespace Baton.Server.Cli.Deciding;

/// <summary>A conversation's events as text for people.</summary>
internal static class WhyText
{
    private const int Excerpt = 160;

    /// <summary>One or more lines per event, in order.</summary>
    public static IEnumerable<string> Lines(string ticket, IReadOnlyList<(Event Fact, DateTimeOffset At)> events)
    {
        var state = Conversation.Fold(ticket, events);
        yield return $"Ticket {ticket} · {EnumWords.Of(state.Status)}{(state.Locked ? " · locked" : "")}"
            + (state.Queue is null ? "" : $" · queue {state.Queue}") + $" · {events.Count} events";
        foreach (var (recorded, at) in events)
            foreach (var fact in StageRuns.Unpacked([recorded]))
            {
                foreach (var line in Of(fact, at)) yield return line;
                if (fact is Event.DecisionMade made) yield return $"  trace       {TraceIds.Of(ticket, made.Turn)}";
            }
    }

    private static IEnumerable<string> Of(Event fact, DateTimeOffset at) => fact switch
    {
        Event.ConversationStarted e =>
            ["", $"{Clock(at)}  started over {e.Channel}" + (e.Subject is null ? "" : $": {e.Subject}")],
        Event.MessageReceived e => ["", $"{Clock(at)}  {EnumWords.Of(e.From)} wrote: {Short(e.Text)}"],
        Event.CustomerContextFetched e =>
            [$"  customer    {EnumWords.Of(e.Context.Lookup)}, tier {e.Context.Tier}, {e.Context.RecentTickets} recent tickets"],
        Event.StageCompleted e => [Stage(e)],
        Event.StageFailed e => [$"  {e.Stage,-11} FAILED: {e.Error}"],
        Event.ModelFellBack e => [$"  {e.Stage,-11} fell back from {e.From} to {e.To}: {e.Why}"],
        Event.SecondOpinionGiven e => [SecondOpinion(e)],
        Event.ToolCalled e => [$"  tool        {e.Tool} ({e.Scope}): {e.Outcome} in {Ms(e.LatencyMs)}"],
        Event.ToolDenied e => [$"  tool        {e.Tool} DENIED: {e.Why}"],
        Event.TriggerFired e => [$"  trigger     {e.Finding.Name}: {e.Finding.Detail}"],
        Event.DecisionMade e => Decision(e),
        Event.OfferMade e => e.Offers.Select(o =>
            $"  offered     {o.Title} › {o.Heading} ({o.Probability.ToString("0.00", CultureInfo.InvariantCulture)})"),
        Event.DraftWritten e =>
        [
            $"  draft       {Short(e.Text)} ({e.Source}, {e.Probability.ToString("0.00", CultureInfo.InvariantCulture)})",
        ],
        Event.DraftSent e => ["", $"{Clock(at)}  {e.By} sent the draft as it was"],
        Event.DraftEdited e => ["", $"{Clock(at)}  {e.By} changed the draft and sent that"],
        Event.DraftDiscarded e => ["", $"{Clock(at)}  {e.By} discarded the draft"],
        Event.ResolutionConfirmed e => ["", $"{Clock(at)}  solved: {e.Why}"],
        Event.ReplySent e =>
            [$"  replied     {Short(e.Text)}", .. e.Citations.Select(c => $"  cited       {c.Title} › {c.Heading}")],
        Event.QuestionAsked e => [$"  asked       for {e.Field}: {Short(e.Text)}"],
        Event.Held e => e.Text is null ? [$"  silent      {e.Why}"] : [$"  said        {Short(e.Text)} ({e.Why})"],
        Event.Escalated e =>
        [
            $"  escalated   to queue {e.Queue}, priority {EnumWords.Of(e.Priority)}",
            $"  reason      {e.Reason}", $"  promise     {e.Promise} ({e.PromisedBy:u})",
        ],
        Event.SlaStarted e => [$"  sla         {e.Metric} by {e.DueAt:u} (policy {e.Policy})"],
        Event.SlaBreached e => ["", $"{Clock(at)}  SLA BREACHED: {e.Metric} was due {e.DueAt:u}"],
        Event.CallbackScheduled e => [$"  callback    {e.Number} by {e.DueAt:u} (queue {e.Queue})"],
        Event.CallbackAttempted e => ["", $"{Clock(at)}  {e.By} called: {EnumWords.Of(e.Outcome)}"],
        Event.CallbackMissed e => ["", $"{Clock(at)}  CALL MISSED: it was due {e.DueAt:u}"],
        Event.PromiseKept e => [$"  promise     kept (by {e.PromisedBy:u})"],
        Event.PromiseBroken e => ["", $"{Clock(at)}  PROMISE BROKEN: it was due {e.PromisedBy:u}"],
        Event.Offered e => ["", $"{Clock(at)}  offered to {e.To} until {e.Until:u}"],
        Event.OfferAccepted e => ["", $"{Clock(at)}  {e.By} accepted"],
        Event.OfferDeclined e => ["", $"{Clock(at)}  {e.By} declined"],
        Event.OfferExpired e => ["", $"{Clock(at)}  the offer to {e.To} expired"],
        Event.Assigned e => ["", $"{Clock(at)}  given to {e.To}"],
        Event.NoteAdded e => ["", $"{Clock(at)}  {e.By} noted: {Short(e.Text)}"],
        Event.HandoffJudged e => [$"  judged      a person was needed: {EnumWords.Of(e.Needed)} ({e.By})"],
        Event.SlaPaused e => [$"  sla         {e.Metric} paused: the customer's turn"],
        Event.SlaResumed e => [$"  sla         {e.Metric} goes on, by {e.DueAt:u}"],
        Event.SlaChanged e =>
            [$"  sla         {e.Metric} changed ({e.Why})" + (e.DueAt is { } due ? $", by {due:u}" : "")],
        Event.SlaWarned e => ["", $"{Clock(at)}  sla warning: {e.Metric} is due {e.DueAt:u}"],
        Event.SlaMet e => [$"  sla         {e.Metric} met"],
        Event.SlaStopped e => [$"  sla         {e.Metric} stopped: {e.Why}"],
        Event.PriorityRaised e => [$"  priority    raised to {EnumWords.Of(e.To)}: {e.Why}"],
        Event.Requeued e => [$"  queue       {e.From} → {e.To}: {e.Why}"],
        Event.FallbackScheduled e => [$"  fallback    {e.FromQueue}; {e.How} at {e.At:u}"],
        Event.Locked or Event.TicketRecorded => [],
        _ => [$"{Clock(at)}  {fact}"],
    };

    private static string Stage(Event.StageCompleted e) =>
        $"  {e.Stage,-11} {e.Tier,-10} {Ms(e.LatencyMs),9}  ${e.CostUsd.ToString("0.######", CultureInfo.InvariantCulture)}"
        + (e.Model is null ? ""
            : $"  model {e.Model}{(e.CacheHit ? " (cached)" : "")}, {e.TokensIn}+{e.TokensOut} tokens")
        + (e.Confidence is { } c ? $"  confidence {c:0.00}" : "") + Found(e) + (e.Note is null ? "" : $"  · {e.Note}");

    private static string Found(Event.StageCompleted e) =>
        StageDescriptions.BuiltIn.Of(e).Line is { Length: > 0 } line ? "  " + line : "";

    private static string SecondOpinion(Event.SecondOpinionGiven e) => $"  2nd opinion {e.Tier}"
        + (e.AgreesOnIntent is { } intent ? intent ? ": the same intent"
            : $": intent {e.SecondIntent} instead of {e.Intent}" : "")
        + (e.AgreesOnRoute is { } route ? route ? "; the same route"
            : $"; {e.Opinion} instead of {EnumWords.Of(e.Route)}" : "");

    private static IEnumerable<string> Decision(Event.DecisionMade e)
    {
        yield return $"  DECISION    {EnumWords.Of(e.Route)} ({EnumWords.Of(e.Outcome)}), confidence {e.Confidence:0.00}"
            + (e.NeedsReview ? ", NEEDS REVIEW" : "")
            + $", {Ms(e.LatencyMs)}, playbook {e.Playbook[..Math.Min(8, e.Playbook.Length)]}";
        yield return $"  because     {e.Reasoning}";
        foreach (var step in e.Steps) yield return $"  step        {step}";
        foreach (var change in e.Counterfactuals) yield return $"  would change  {change}";
    }

    private static string Clock(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Ms(double value) => value.ToString("0.0##", CultureInfo.InvariantCulture) + " ms";

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return CutText.Of(line, Excerpt, "…");
    }
}
