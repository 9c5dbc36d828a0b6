using Baton.Customers.Csv;
using Baton.Customers.Http;
using Baton.Customers.HubSpot;
using Baton.Customers.Pipedrive;
using Baton.Customers.Salesforce;
using Baton.Customers.Shopify;
using Baton.Playbooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Baton.Customers;

/// <summary>Registers the customer directory.</summary>
public static class CustomersSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the directory that the settings name, unless another one was registered before.</summary>
        /// <param name="secret">Reads a variable that the playbook names.</param>
        internal IServiceCollection AddCustomers(CustomersOptions options, Func<string, string?> secret)
        {
            services.TryAddSingleton<ICustomerDirectory>(provider =>
            {
                var clock = provider.GetRequiredService<TimeProvider>();
                ICustomerDirectory? asked = options.Source switch
                {
                    DirectorySource.HubSpot => new HubSpotDirectory(options, clock),
                    DirectorySource.Salesforce => new SalesforceDirectory(options, clock),
                    DirectorySource.Pipedrive => new PipedriveDirectory(options, clock),
                    DirectorySource.Shopify => new ShopifyDirectory(options, clock),
                    DirectorySource.Http =>
                        new HttpDirectory(provider.GetRequiredService<PlaybookHost>(), options, secret, clock),
                    DirectorySource.Csv => new CsvDirectory(options),
                    _ => null,
                };
                return asked is null ? new GivenDirectory() : new WatchedDirectory(asked, options, clock);
            });
            return services.AddSingleton<CustomerContexts>();
        }
    }
}
