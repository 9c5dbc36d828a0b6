using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Baton.People;
using Baton.Server.Pages.Inboxes.Writing;

namespace Baton.Server.Pages;

/// <summary>Adds what somebody wrote on a ticket's page.</summary>
internal sealed class TicketWriting(Intake intake, Inbox inbox, 
    ConversationStore store, PeopleStore people, ReplyTexts replies, BatonOptions options)
{
    /// <summary>Adds it, or says why not with a status.</summary>
    /// <param name="files">What goes with it.</param>
    /// <param name="acting">The person at the page.</param>
    /// <returns>The turn that will be decided, when it is the customer's.</returns>
    public async Task<(int? Turn, int Status, string? Problem)> AddAsync(
        string id, Author author, string text, IReadOnlyList<InboundAttachment> files, Acting acting,
        CancellationToken cancellationToken)
    {
        // A reply to a ticket that people work on is theirs: it stops the clock of the first reply.
        if (author == Author.Agent
            && store.Load(id).Status is ConversationStatus.Escalated or ConversationStatus.Claimed)
        {
            if (string.IsNullOrWhiteSpace(text)) return (null, 400, "text is empty: write the reply.");
            if (text.Length > PersonActionJson.LongestReply)
                return (null, 400, $"text has {text.Length} characters, the limit is {PersonActionJson.LongestReply}.");
            if (replies.Problem(text) is { } unfilled) return (null, 400, unfilled);
            if (files.Count > 0 && replies.FileProblem(store.Load(id).Channel) is { } without)
                return (null, 409, without);
            text = replies.Leaving(store.Load(id).Channel, text);
            var (_, problem) = await inbox.ActAsync(
                id, (message, redacted) =>
                    new PersonAction.Reply(message, redacted, inbox.LeavesAt(options.Replies.Undo)),
                acting, text, files, cancellationToken);
            return (null, problem is null ? 200 : 409, problem);
        }
        var outcome = await intake.AddAsync(
            id, new InboundText(author, text) { Attachments = files }, null, null, cancellationToken);
        if (outcome is IntakeOutcome.Accepted accepted)
        {
            // A message says whose words they are, not who typed them.
            if (people.Find(acting.By) is { } person)
                await people.NoteAsync(
                    person.Id, author == Author.Customer ? "CustomerWordsAdded" : "MessageAdded", id,
                    cancellationToken);
            return (author == Author.Customer ? accepted.Turn : null, 200, null);
        }
        var (status, refused) = PlaygroundEndpoints.Refusal(outcome);
        return (null, status, refused);
    }
}
