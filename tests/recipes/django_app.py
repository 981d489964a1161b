"""Run it with: PYTHONPATH=. python3 tests/recipes/django_app.py"""

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from inbox import receive


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=receive(request.body, request.headers))


urlpatterns = [path("webhook", webhook)]

if __name__ == "__main__":
    settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__)
    execute_from_command_line(["django", "runserver", "--noreload", "8000"])
