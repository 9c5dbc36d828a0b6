using Baton.Conversations.Approvals;
using Baton.Conversations.Clearing;
using Baton.Conversations.Inbound;
using Baton.Conversations.Merging;
using Baton.Conversations.Replies;
using Baton.Conversations.RawTexts;
using Baton.Conversations.Solving;
using Baton.Conversations.Tickets;
using Baton.Conversations.Verdicts;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Storage.Sealing;
using Baton.Storage;
using Baton.Storage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Conversations;

/// <summary>Registers intake and the conversation store.</summary>
internal static class ConversationsSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the store, the feed, the intake and the queries.</summary>
        public IServiceCollection AddConversations(IntakeOptions options) => services
            .AddSingleton(options)
            .AddSingleton(provider =>
            {
                var playbooks = provider.GetRequiredService<PlaybookHost>();
                return new PublicTexts(() => playbooks.Current);
            })
            .AddSingleton<FactClearance>()
            .AddSingleton(provider => WithoutValues(provider.GetRequiredService<Redactor>()))
            .AddSingleton<ConversationStore>()
            .AddSingleton<ConversationFeed>()
            .AddSingleton<IntakeLoad>()
            .AddSingleton<Intake>()
            .AddSingleton<ReplyDesk>()
            .AddSingleton<RatingAsk>()
            .AddSingleton<TicketMerging>()
            .AddSingleton<Duplicates>()
            .AddSingleton<Inbox>()
            .AddSingleton<SolvedLinks>()
            .AddSingleton<RatingLinks>()
            .AddSingleton<RatingDesk>()
            .AddSingleton<Resolutions>()
            .AddSingleton<DecisionWaiter>()
            .AddSingleton<TicketQueries>()
            .AddSingleton<Erasure>()
            .AddSingleton(ErasedPlace.OfTickets("inputs of approvals", "transcripts", ApprovalRows.Erase))
            .AddSingleton<PersonExport>()
            .AddSingleton<LegalHolds>()
            .AddSingleton<DataReads>()
            .AddSingleton<ApprovalDesk>()
            .AddSingleton<FollowUp>(provider =>
            {
                // Asked for with the first save: the desk itself needs the store, which asks who follows.
                var desk = new Lazy<ApprovalDesk>(provider.GetRequiredService<ApprovalDesk>);
                return (transaction, before, facts, at) => before.OpenApprovals.Count == 0
                    ? [] : desk.Value.Follow(transaction, before, facts, at);
            })
            .AddSingleton(provider => new JobKind(
                ApprovalDesk.ExpiryJob, provider.GetRequiredService<ApprovalDesk>().ExpireAsync))
            .AddSingleton<SealSweep>()
            .AddHostedService(provider => provider.GetRequiredService<SealSweep>());
    }

    /// <summary>Clears texts for tables that keep no values: what is found becomes <c>[TYPE_0]</c>.</summary>
    internal static ClearText WithoutValues(Redactor redactor) => text =>
    {
        var none = new Placeholders();
        none.Close();
        return redactor.RedactAgain(text, none);
    };
}
