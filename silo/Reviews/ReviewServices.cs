using Agency.Reviews.Series;
using Agency.Schedules;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Silo.Reviews;

public static class ReviewServices
{
    /// <summary>What review series need beside calendar and catalogue: a reader of recurrence rules, and the job that makes their sessions.</summary>
    public static IServiceCollection AddReviews(this IServiceCollection services) => services.AddSingleton<IRecurrence, QuartzRecurrence>().AddSingleton<IScheduledJob, SeriesJob>();
}
