using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
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
            .AddSingleton<ConversationStore>()
            .AddSingleton<ConversationFeed>()
            .AddSingleton<IntakeLoad>()
            .AddSingleton<Intake>()
            .AddSingleton<Inbox>()
            .AddSingleton<DecisionWaiter>()
            .AddSingleton<TicketQueries>();
    }
}
