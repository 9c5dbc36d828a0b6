using Baton.Audit.Entries;
using Baton.Channels;
using Baton.Channels.Voice;
using Baton.Channels.Chat;
using Baton.Channels.Files;
using Baton.Channels.Redelivery;
using Baton.Conversations.RawTexts;
using Baton.Conversations.Solving;
using Baton.Conversations.Tickets;
using Baton.Conversations.Verdicts;
using Baton.Gateway.Endpoint;
using Baton.Incidents.Alerting;
using Baton.Insights;
using Baton.Operations.Health;
using Baton.People.Approving;
using Baton.People.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Baton;

/// <summary>Maps what Baton answers over HTTP.</summary>
public static class BatonEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>
        /// Maps <c>/api/tickets</c>, <c>/api/callbacks</c>, <c>/api/approvals</c>, <c>/api/people</c>,
        /// <c>/api/insights</c>, <c>/api/alerts</c>, <c>/api/audit</c>, <c>/api/customers</c>,
        /// <c>/channels/{name}</c>, <c>/chat</c>, the gateway's
        /// <c>/v1</c>, <c>/solved</c>, <c>/rate</c> and <c>/health</c>.
        /// Tickets need a caller whom the host knows (its own authentication); channels check signatures, the chat
        /// sites and sessions, the gateway has virtual keys of its own, the pages of customers have signed links;
        /// health is open.
        /// </summary>
        /// <returns>The ticket routes, for a policy of the host's own.</returns>
        public RouteGroupBuilder MapBaton()
        {
            routes.MapHealth();
            routes.MapChannels();
            routes.MapDeliveries();
            routes.MapFiles();
            routes.MapVoice();
            routes.MapVapi();
            routes.MapChat();
            routes.MapSolved();
            routes.MapRatingPage();
            routes.MapGateway(ActivatorUtilities.CreateInstance<GatewayEndpointParts>(routes.ServiceProvider));
            routes.MapWork();
            routes.MapApprovals();
            routes.MapInsights();
            routes.MapAlerts();
            routes.MapAudit();
            routes.MapCustomerData();
            var tickets = routes.MapTickets();
            tickets.AddEndpointFilter<TicketErrors>().RequireAuthorization();
            return tickets;
        }
    }
}
