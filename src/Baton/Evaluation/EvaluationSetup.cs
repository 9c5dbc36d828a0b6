using Baton.Conversations;
using Baton.Decisions.Working;
using Baton.Evaluation.Ladder;
using Baton.Evaluation.Learning.Suggesting;
using Baton.Evaluation.Learning;
using Baton.Evaluation.Production;
using Baton.Evaluation.Results;
using Baton.Evaluation.Rollouts;
using Baton.Evaluation.Shadows;
using Baton.Storage.Sealing;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Evaluation;

/// <summary>Registers what measures decisions while they are made.</summary>
internal static class EvaluationSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds roll-outs, shadows, what becomes of drafts, and scores.</summary>
        public IServiceCollection AddEvaluation() => services
            .AddSingleton<RolloutStore>()
            .AddSingleton(ErasedPlace.OfTickets("labels", "learning", TicketLabels.Erase))
            .AddSingleton(ErasedPlace.OfTickets("suggestions", "learning", SuggestionStore.Erase))
            .AddSingleton(ErasedPlace.OfTickets("findings of learning", "learning", Learned.Erase))
            .AddSingleton<RolloutWatch>()
            .AddSingleton<FollowUp>(provider => (transaction, before, facts, at) =>
                provider.GetRequiredService<RolloutWatch>().Follow(transaction, before, facts, at))
            .AddSingleton<ShadowStore>()
            .AddSingleton(provider => new ListenOnly { IsOn = provider.GetRequiredService<ShadowStore>().Silences })
            .AddSingleton<ShadowRun>()
            .AddSingleton<ShadowWatch>()
            .AddSingleton<FollowUp>(provider => (transaction, before, facts, at) =>
                provider.GetRequiredService<ShadowWatch>().Follow(transaction, before, facts, at))
            .AddSingleton<FollowUp>(DraftFates.Follow)
            .AddSingleton<DecisionScoring>()
            .AddHostedService<RolloutFollower>()
            .AddHostedService<ShadowService>();
    }
}
