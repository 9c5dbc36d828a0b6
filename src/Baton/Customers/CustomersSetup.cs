using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Baton.Customers;

/// <summary>Registers the customer directory.</summary>
public static class CustomersSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the default directory unless another one was registered before.</summary>
        public IServiceCollection AddCustomers()
        {
            services.TryAddSingleton<ICustomerDirectory, GivenDirectory>();
            return services.AddSingleton<CustomerContexts>();
        }
    }
}
